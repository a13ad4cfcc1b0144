#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""recorded.py itself: it can fail.

    test-recorded.py REGISTRAR_SANDBOX RECORDED OPENAPI_YAML
"""
import base64
import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
try:
    import openapi_validate
    import yaml
except ImportError as e:
    print('skipped: %s (Debian package python3-yaml)' % e)
    sys.exit(77)

SANDBOX, RECORDED, DOCUMENT = sys.argv[1:4]

# A client with its sandbox, as a test would have them; the answers are read to their end.
CLIENT = '''
import json, subprocess, sys, urllib.error, urllib.request
sandbox, options, requests = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
program = subprocess.Popen([sandbox, '--seed', 'demo', '--quiet', '--exit-with-parent', *options], stdout=subprocess.PIPE)
address = json.loads(program.stdout.readline())
for method, path, body, accept in requests:
    request = urllib.request.Request(address['url'] + path, method=method, data=None if body is None else body.encode())
    request.add_header('Authorization', 'Bearer ' + address['token'])
    request.add_header('Content-Type', 'application/json')
    if accept:
        request.add_header('Accept-Encoding', accept)
    try:
        urllib.request.urlopen(request, timeout=20).read()
    except (urllib.error.HTTPError, ConnectionError) as e:
        pass
program.terminate()
program.wait(20)
'''
PAGE = ('GET', '/v1/changes?limit=5000', None, 'gzip')


class Recorded(unittest.TestCase):
    def run_client(self, *requests, options=(), document=DOCUMENT):
        return self.run_command(sys.executable, '-c', CLIENT, SANDBOX, json.dumps(options), json.dumps(requests), document=document)

    def run_command(self, *command, document=DOCUMENT):
        return subprocess.run([sys.executable, RECORDED, document, '--', *command], capture_output=True, text=True, timeout=60)

    def assert_passes(self, done, words):
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(words, done.stderr)

    def assert_fails(self, done, *words):
        self.assertEqual(done.returncode, 1, done.stderr)
        for word in words:
            self.assertIn(word, done.stderr)

    def changed_document(self, change):
        """The path of a document in which something else is promised."""
        with open(DOCUMENT, encoding='utf-8') as f:
            document = yaml.safe_load(f)
        change(document)
        with tempfile.NamedTemporaryFile('w', suffix='.yaml', delete=False) as f:
            self.addCleanup(os.unlink, f.name)
            yaml.safe_dump(document, f)
        return f.name

    def test_passes(self):
        certificate = ('GET', '/v1/certificates/1', None, None)
        self.assert_passes(self.run_client(PAGE, certificate, ('GET', '/v1/nothing', None, None)), '3 exchanges checked, 0 answers')

    def test_an_answer_is_wrong(self):
        def change(document):
            document['components']['schemas']['Role']['enum'].remove('learner')

        self.assert_fails(self.run_client(PAGE, document=self.changed_document(change)), "'learner' is none of", 'GET /v1/changes', '1 wrong')

    def test_an_answer_says_more(self):
        def change(document):
            del document['components']['schemas']['Site']['properties']['version']
            document['components']['schemas']['Site']['required'].remove('version')

        self.assert_fails(self.run_client(('GET', '/v1/site', None, None), document=self.changed_document(change)), 'an unknown member version')

    def test_a_file_is_of_another_kind(self):
        def change(document):
            content = document['paths']['/v1/certificates/{certificate_id}']['get']['responses']['200']['content']
            content['image/png'] = content.pop('application/pdf')

        certificate = ('GET', '/v1/certificates/1', None, None)
        self.assert_fails(self.run_client(certificate, document=self.changed_document(change)), "content type 'application/pdf'")

    def test_a_request_is_wrong(self):
        def change(document):
            document['components']['schemas']['OperationsRequest']['required'].append('dry_run')

        request = ('POST', '/v1/operations', json.dumps({'operations': []}), None)
        self.assert_fails(self.run_client(request, document=self.changed_document(change)), 'no dry_run')
        self.assert_passes(self.run_client(request), '1 exchanges checked')
        self.assert_fails(self.run_client(('GET', '/v1/changes?limit=5&colour=red', None, None)), 'an unknown parameter colour')

    def test_a_refused_request_may_be_anything(self):
        self.assert_passes(self.run_client(('POST', '/v1/operations', '{"operations": 5}', None), ('POST', '/v1/operations', '\xff', None),
                                           ('PUT', '/v1/site', 'x', None)), '3 exchanges checked')

    def test_broken_on_purpose(self):
        def fault(kind, **more):
            return ('POST', '/sandbox/faults', json.dumps(dict(path='/v1', fault=kind, **more)), None)

        requests = []
        for kind in ('garble', 'cut-after-commit', 'answer-twice', 'slow', 'status'):
            requests += [fault(kind), PAGE]
        self.assert_passes(self.run_client(*requests), '10 exchanges checked, 2 answers broken on purpose left out, 0 wrong')

    def test_nothing_recorded(self):
        self.assert_fails(self.run_command('true'), 'no sandbox recorded anything')
        self.assert_fails(self.run_client())

    def test_status_of_the_command(self):
        self.assertEqual(self.run_command('sh', '-c', 'exit 77').returncode, 77)
        self.assertEqual(self.run_command('sh', '-c', 'exit 5').returncode, 5)
        self.assertEqual(self.run_command('sh', '-c', 'kill -9 $$').returncode, 128 + 9)

    def test_option(self):
        """--record FILE, appended to by the next one."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'record')
            for _ in range(2):
                self.assert_fails(self.run_client(PAGE, ('GET', '/v1/certificates/1', None, None), options=['--record', path]),
                                  'no sandbox recorded anything')
            with open(path, encoding='utf-8') as f:
                lines = [json.loads(line) for line in f]
        self.assertEqual([(e['method'], e['path'], e['query'], e['status'], e['fault']) for e in lines],
                         [('GET', '/v1/changes', 'limit=5000', 200, None), ('GET', '/v1/certificates/1', None, 200, None)] * 2)
        self.assertTrue(base64.b64decode(lines[1]['answer_base64']).startswith(b'%PDF-'))
        self.assertIn('cursor', json.loads(lines[0]['answer']))


class LongLists(unittest.TestCase):
    """Of a long list a part is looked at; it is said which."""

    def test_long_list(self):
        api = openapi_validate.Api(DOCUMENT)
        schema = {'type': 'array', 'items': {'type': 'integer'}}
        n, step = openapi_validate.ALL_OF, openapi_validate.ONE_IN
        for wrong, noticed in ((0, True), (n - 1, True), (n, True), (n + 1, False), (n + step, True), (n + 10 * step - 1, True)):
            value = [1] * (n + 10 * step)
            value[wrong] = 'x'
            with self.subTest(wrong=wrong):
                if noticed:
                    self.assertRaises(openapi_validate.Mismatch, api.check_value, value, schema)
                else:
                    api.check_value(value, schema)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
