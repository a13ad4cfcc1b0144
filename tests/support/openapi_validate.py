# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks requests and answers against docs/openapi.yaml.

    api = openapi_validate.Api('docs/openapi.yaml')
    api.check_answer('GET', '/v1/site', 200, 'application/json', body)      # raises Mismatch, naming the place

It knows the part of JSON Schema that the file uses, and refuses a file that uses more, so that nothing in it is passed over. Needs PyYAML.
"""
import json
import re

import yaml

ANNOTATIONS = {'description', 'default', 'title'}
KEYWORDS = {'$ref', 'type', 'enum', 'properties', 'required', 'additionalProperties', 'items', 'maxItems', 'minimum', 'maximum',
            'pattern', 'oneOf'}
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


class Api:
    def __init__(self, path):
        with open(path, encoding='utf-8') as f:
            self.document = yaml.safe_load(f)
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
        schema = self.resolve(schema, where)
        if 'oneOf' in schema:
            self.check_one_of(value, schema['oneOf'], where)
        kinds = schema.get('type')
        if kinds is not None:
            kinds = [kinds] if isinstance(kinds, str) else kinds
            expect(any(TYPES[k](value) for k in kinds), where, '%r is no %s' % (value, ' or '.join(kinds)))
        if 'enum' in schema:
            expect(value in schema['enum'], where, '%r is none of %s' % (value, schema['enum']))
        if isinstance(value, str) and 'pattern' in schema:
            expect(re.search(schema['pattern'], value), where, '%r is not like %s' % (value, schema['pattern']))
        if TYPES['number'](value):
            expect(value >= schema.get('minimum', value), where, '%r is too small' % value)
            expect(value <= schema.get('maximum', value), where, '%r is too large' % value)
        if isinstance(value, list):
            expect(len(value) <= schema.get('maxItems', len(value)), where, 'too many items')
            for i, item in enumerate(value):
                self.check_value(item, schema['items'], '%s[%d]' % (where, i))
        if isinstance(value, dict):
            self.check_members(value, schema, where)

    def check_one_of(self, value, options, where):
        wrong = []
        for option in options:
            try:
                self.check_value(value, option, where)
            except Mismatch as e:
                wrong.append(str(e))
        expect(len(options) - len(wrong) == 1, where, 'fits %d of the options: %s' % (len(options) - len(wrong), '; '.join(wrong)))

    def check_members(self, value, schema, where):
        properties = schema.get('properties', {})
        for name in schema.get('required', []):
            expect(name in value, where, 'no ' + name)
        for name, member in value.items():
            if name in properties:
                self.check_value(member, properties[name], where + '.' + name)
                continue
            more = schema.get('additionalProperties', True)
            expect(more is not False, where, 'an unknown member ' + name)
            if isinstance(more, dict):
                self.check_value(member, more, where + '.' + name)

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
        expect((body is not None) == ('requestBody' in operation), where, 'a body, or none, that is not described')
        if body is not None:
            self.check_value(json.loads(body), operation['requestBody']['content']['application/json']['schema'], where)

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
