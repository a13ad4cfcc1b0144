# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks requests and answers against docs/openapi.yaml.

    api = openapi_validate.Api('docs/openapi.yaml')
    api.check_answer('GET', '/v1/site', 200, 'application/json', body)      # raises Mismatch, naming the place
    api.check_exchange(json.loads(line))                                    # a line that registrar-sandbox recorded

It knows the part of JSON Schema that the file uses, and refuses a file that uses more, so that nothing in it is passed over. Needs PyYAML.
"""
import base64
import functools
import json
import math
import re
import urllib.parse

import yaml

ANNOTATIONS = {'description', 'default', 'title'}
KEYWORDS = {'$ref', 'type', 'enum', 'properties', 'required', 'additionalProperties', 'items', 'maxItems', 'minimum', 'maximum',
            'pattern', 'oneOf'}
# Of a longer list the first ones are looked at, and then one in so many.
ALL_OF, ONE_IN = 500, 20
# What these faults leave of an answer is not the LMS's word; they break it on purpose, or cut it off.
BROKEN = {'refuse', 'hang', 'cut-after-commit', 'garble'}
METHODS = ('get', 'put', 'post', 'delete', 'patch', 'head', 'options')
TYPES = {
    'object': lambda v: isinstance(v, dict),
    'array': lambda v: isinstance(v, list),
    'string': lambda v: isinstance(v, str),
    'integer': lambda v: isinstance(v, int) and not isinstance(v, bool),
    'number': lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    'boolean': lambda v: isinstance(v, bool),
    'null': lambda v: v is None,
}


class Mismatch(Exception):
    pass


def expect(holds, where, what):
    if not holds:
        raise Mismatch('%s: %s' % (where, what))


# ---- what a schema may ask of a value ----
# Where it is in the body is put together only once something is wrong.

def check_type(allowed, kinds, value):
    if not allowed(value):
        raise Mismatch('%r is no %s' % (value, ' or '.join(kinds)))


def check_enum(values, value):
    if value not in values:
        raise Mismatch('%r is none of %s' % (value, values))


def check_pattern(pattern, value):
    if isinstance(value, str) and not pattern.search(value):
        raise Mismatch('%r is not like %s' % (value, pattern.pattern))


def check_range(minimum, maximum, value):
    if TYPES['number'](value) and not minimum <= value <= maximum:
        raise Mismatch('%r is too %s' % (value, 'small' if value < minimum else 'large'))


def check_items(check, at_most, value):
    if not isinstance(value, list):
        return
    n = len(value)
    if n > at_most:
        raise Mismatch('%d are too many items' % n)
    for i in range(n) if n <= ALL_OF else (*range(ALL_OF), *range(ALL_OF, n, ONE_IN), n - 1):
        try:
            check(value[i])
        except Mismatch as e:
            raise Mismatch('[%d] %s' % (i, e))


def check_members(properties, required, more, value):
    if not isinstance(value, dict):
        return
    if not value.keys() >= required:
        raise Mismatch('no ' + ', '.join(sorted(required - value.keys())))
    for name, member in value.items():
        check = properties.get(name, more)
        if check is False:
            raise Mismatch('an unknown member ' + name)
        try:
            if check is not True:
                check(member)
        except Mismatch as e:
            raise Mismatch('.%s %s' % (name, e))


def check_one_of(options, value):
    wrong = []
    for check in options:
        try:
            check(value)
        except Mismatch as e:
            wrong.append(str(e))
    if len(options) - len(wrong) != 1:
        raise Mismatch('fits %d of the options: %s' % (len(options) - len(wrong), '; '.join(wrong)))


def check_all(checks, value):
    for check in checks:
        check(value)


class Api:
    def __init__(self, path):
        self.checkers = {}
        with open(path, encoding='utf-8') as f:
            self.document = yaml.load(f, Loader=getattr(yaml, 'CSafeLoader', yaml.SafeLoader))
        self.check_document()

    def resolve(self, node, where='$ref'):
        """The node itself, or what it refers to. What stands beside a $ref may only describe."""
        while '$ref' in node:
            expect(not set(node) - {'$ref'} - ANNOTATIONS, where, 'a constraint beside $ref')
            ref = node['$ref']
            expect(ref.startswith('#/'), where, 'a $ref to elsewhere: ' + ref)
            target = self.document
            for step in ref[2:].split('/'):
                expect(isinstance(target, dict) and step in target, where, ref + ' leads nowhere')
                target = target[step]
            node = target
        return node

    # ---- the document itself ----

    def check_document(self):
        d = self.document
        expect(re.fullmatch(r'3\.1\.\d+', str(d.get('openapi'))), 'openapi', 'is not 3.1')
        for key in ('title', 'version'):
            expect(isinstance(d['info'].get(key), str), 'info', 'no ' + key)
        schemes = d['components']['securitySchemes']
        for need in d.get('security', []):
            expect(set(need) <= set(schemes), 'security', 'an unknown scheme')
        tags, seen = {t['name'] for t in d['tags']}, set()
        for name, schema in d['components']['schemas'].items():
            self.check_schema(schema, 'schemas/' + name)
        for name, response in d['components']['responses'].items():
            self.check_response(response, 'responses/' + name)
        for path, method, operation, parameters in self.operations():
            where = '%s %s' % (method.upper(), path)
            expect(operation.get('operationId') not in seen, where, 'operationId is missing or not its own')
            seen.add(operation['operationId'])
            expect(operation.get('summary') and set(operation.get('tags', [])) <= tags, where, 'no summary, or an unknown tag')
            self.check_parameters(path, parameters, where)
            if 'requestBody' in operation:
                self.check_content(operation['requestBody']['content'], where)
            expect('default' in operation['responses'], where, 'no default response')
            for status, response in operation['responses'].items():
                expect(status == 'default' or re.fullmatch('[1-5][0-9][0-9]', str(status)), where, 'status %s' % status)
                self.check_response(self.resolve(response, where), '%s %s' % (where, status))

    def operations(self):
        for path, item in self.document['paths'].items():
            expect(path.startswith('/') and not set(item) - set(METHODS) - {'parameters'}, path, 'is not a path')
            for method in METHODS:
                if method in item:
                    yield path, method, item[method], item.get('parameters', []) + item[method].get('parameters', [])

    def check_parameters(self, path, parameters, where):
        parameters = [self.resolve(p, where) for p in parameters]
        for p in parameters:
            expect(p['in'] in ('path', 'query') and (p['in'] == 'query' or p.get('required') is True), where, 'parameter ' + p['name'])
            self.check_schema(p['schema'], '%s %s' % (where, p['name']))
        named = [p['name'] for p in parameters if p['in'] == 'path']
        expect(sorted(named) == sorted(re.findall(r'\{(\w+)\}', path)), where, 'its path parameters are others')

    def check_response(self, response, where):
        expect(isinstance(response.get('description'), str), where, 'no description')
        self.check_content(response.get('content', {}), where)

    def check_content(self, content, where):
        for kind, media in content.items():
            expect('/' in kind and not set(media) - {'schema'}, where, 'content ' + kind)
            if 'schema' in media:
                self.check_schema(media['schema'], where)

    def check_schema(self, schema, where):
        expect(isinstance(schema, dict), where, 'is not a schema')
        unknown = set(schema) - KEYWORDS - ANNOTATIONS
        expect(not unknown, where, 'keywords that are not understood: %s' % sorted(unknown))
        if '$ref' in schema:
            self.resolve(schema, where)
            return
        kinds = schema.get('type', [])
        for kind in [kinds] if isinstance(kinds, str) else kinds:
            expect(kind in TYPES, where, 'type %s' % kind)
        expect(kinds or 'oneOf' in schema, where, 'says nothing')
        expect(set(schema.get('required', [])) <= set(schema.get('properties', {})), where, 'requires what it does not describe')
        for name, member in schema.get('properties', {}).items():
            self.check_schema(member, where + '.' + name)
        if isinstance(schema.get('additionalProperties'), dict):
            self.check_schema(schema['additionalProperties'], where + '.*')
        if 'items' in schema:
            self.check_schema(schema['items'], where + '[]')
        if 'pattern' in schema:
            re.compile(schema['pattern'])
        for option in schema.get('oneOf', []):
            self.check_schema(option, where)

    # ---- values ----

    def check_value(self, value, schema, where='body'):
        try:
            self.checker(schema)(value)
        except Mismatch as e:
            raise Mismatch('%s: %s' % (where, e))

    def checker(self, schema):
        """The schema as a function of a value, made once."""
        schema = self.resolve(schema)
        if id(schema) not in self.checkers:
            checks = []     # filled in below: a schema may refer to itself
            self.checkers[id(schema)] = functools.partial(check_all, checks)
            checks += self.make_checks(schema)
            if len(checks) == 1:
                self.checkers[id(schema)] = checks[0]
        return self.checkers[id(schema)]

    def make_checks(self, schema):
        if 'oneOf' in schema:
            yield functools.partial(check_one_of, [self.checker(option) for option in schema['oneOf']])
        kinds = schema.get('type')
        if kinds is not None:
            kinds = [kinds] if isinstance(kinds, str) else kinds
            tests = [TYPES[k] for k in kinds]
            yield functools.partial(check_type, tests[0] if len(tests) == 1 else lambda value: any(t(value) for t in tests), kinds)
        if 'enum' in schema:
            yield functools.partial(check_enum, schema['enum'])
        if 'pattern' in schema:
            yield functools.partial(check_pattern, re.compile(schema['pattern']))
        if 'minimum' in schema or 'maximum' in schema:
            yield functools.partial(check_range, schema.get('minimum', -math.inf), schema.get('maximum', math.inf))
        if 'items' in schema or 'maxItems' in schema:
            yield functools.partial(check_items, self.checker(schema['items']), schema.get('maxItems', math.inf))
        if 'properties' in schema or 'additionalProperties' in schema:
            more = schema.get('additionalProperties', True)
            yield functools.partial(check_members, {n: self.checker(s) for n, s in schema.get('properties', {}).items()},
                                    set(schema.get('required', [])), self.checker(more) if isinstance(more, dict) else more)

    # ---- requests and answers ----

    def find(self, method, path):
        path = path.split('?')[0]
        for known, item in self.document['paths'].items():
            if re.fullmatch(re.sub(r'\{\w+\}', '[0-9]+', known), path):
                return known, item.get(method.lower())
        return None, None

    def methods(self, path):
        return [m.upper() for m in METHODS if m in self.document['paths'][path]]

    def check_request(self, method, path, body):
        """body: the JSON text that is sent, or None."""
        known, operation = self.find(method, path)
        expect(operation is not None, method + ' ' + path, 'is not described')
        where = '%s %s' % (method, known)
        self.check_query(path, operation, where)
        expect((body is not None) == ('requestBody' in operation), where, 'a body, or none, that is not described')
        if body is not None:
            self.check_value(json.loads(body), operation['requestBody']['content']['application/json']['schema'], where)

    def check_query(self, path, operation, where):
        known = {p['name']: p['schema'] for p in (self.resolve(p, where) for p in operation.get('parameters', [])) if p['in'] == 'query'}
        for name, text in urllib.parse.parse_qsl(path.partition('?')[2], keep_blank_values=True, strict_parsing='?' in path):
            expect(name in known, where, 'an unknown parameter ' + name)
            value = int(text) if known[name]['type'] == 'integer' and re.fullmatch('-?[0-9]+', text) else text
            self.check_value(value, known[name], '%s?%s' % (where, name))

    def check_exchange(self, exchange):
        """A request and its answer as registrar-sandbox records them.

        A request that the LMS refused as such (4xx) may be anything; all others must be as described. Answers always must, unless a fault broke
        them on purpose.
        """
        method, status, fault = exchange['method'], exchange['status'], exchange['fault']
        path = exchange['path'] + ('?' + exchange['query'] if exchange['query'] else '')
        if fault == 'status' or not 400 <= status < 500:
            expect('request' in exchange, '%s %s' % (method, path), 'the body is not UTF-8')
            self.check_request(method, path, exchange['request'])
            kind = (exchange['request_type'] or '').split(';')[0].strip()
            expect(exchange['request'] is None or kind == 'application/json', '%s %s' % (method, path), 'content type %r' % kind)
        if fault not in BROKEN:
            body = exchange.get('answer')
            body = base64.b64decode(exchange['answer_base64']) if 'answer_base64' in exchange else body and body.encode()
            self.check_answer(method, path, status, exchange['content_type'], body)

    def check_answer(self, method, path, status, content_type, body):
        """body: the bytes that came, unpacked. What is at no described path or method must be a problem."""
        known, operation = self.find(method, path)
        where = '%s %s %d' % (method, known or path, status)
        responses = operation['responses'] if operation is not None else {}
        response = responses.get(str(status), responses.get('default'))
        if response is None or (str(status) not in responses and status < 400):
            expect(status >= 400, where, 'is not described')
            response = self.document['components']['responses']['Problem']
        content = self.resolve(response, where).get('content', {})
        if not content:
            expect(body in (b'', None), where, 'has a body')
            return
        kind = (content_type or '').split(';')[0]
        expect(kind in content, where, 'content type %r' % content_type)
        if 'schema' not in content[kind]:
            expect(body, where, 'is empty')
            return
        value = json.loads(body)
        self.check_value(value, content[kind]['schema'], where)
        if kind == 'application/problem+json':
            expect(value['status'] == status, where, 'says status %s' % value['status'])
