#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/openapi.yaml against the program registrar-sandbox: everything it describes is there, answers as it says, and nothing more is there.

    check-openapi.py PROGRAM OPENAPI_YAML

Exit status 77 (skipped) without PyYAML.
"""
import copy
import json
import os
import subprocess
import sys
import unittest
import urllib.error
import urllib.request
import uuid

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
try:
    import openapi_validate
except ImportError as e:
    print('skipped: %s (Debian package python3-yaml)' % e)
    sys.exit(77)

PROGRAM, DOCUMENT = sys.argv[1:3]


class Sandbox(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.api = openapi_validate.Api(DOCUMENT)
        cls.used = set()
        cls.program = subprocess.Popen([PROGRAM, '--seed', 'demo', '--quiet', '--exit-with-parent'],
                                       stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        address = json.loads(cls.program.stdout.readline())
        cls.url, cls.token = address['url'], address['token']

    @classmethod
    def tearDownClass(cls):
        cls.program.terminate()
        status = cls.program.wait(20)
        cls.program.stdout.close()
        assert status == 0, 'SIGTERM ended it with %d' % status
        wanted = {(m.upper(), p) for p, m, _, _ in cls.api.operations()}
        assert wanted <= cls.used, 'never answered with success: %s' % sorted(wanted - cls.used)

    def send(self, method, path, body=None, expect=None, token=None, content_type='application/json', valid=True):
        """Sends a request, checks it and its answer against the document, and gives status, headers and body."""
        text = body if isinstance(body, str) or body is None else json.dumps(body)
        if valid:
            self.api.check_request(method, path, text)
        request = urllib.request.Request(self.url + path, method=method, data=None if text is None else text.encode())
        request.add_header('Authorization', 'Bearer ' + (token or self.token))
        if text is not None:
            request.add_header('Content-Type', content_type)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                status, headers, data = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as e:
            with e:
                status, headers, data = e.code, e.headers, e.read()
        self.api.check_answer(method, path, status, headers.get('Content-Type'), data)
        if status < 300:
            self.used.add((method, self.api.find(method, path)[0]))
        if expect is not None:
            self.assertEqual(status, expect, '%s %s: %s' % (method, path, data[:200]))
        return status, headers, data

    def get(self, path):
        return json.loads(self.send('GET', path, expect=200)[2])

    def operate(self, *operations, dry_run=False):
        sent = []
        for operation, user_id, course_id, params, base in operations:
            sent.append({'id': str(uuid.uuid4()), 'operation': operation, 'user_id': user_id, 'course_id': course_id, 'params': params,
                         'base': base, 'base_revision': 0, 'note': None})
            if operation == 'save-preset':
                sent[-1].update(preset_id=77, user_id=0, course_id=0)
        answer = self.send('POST', '/v1/operations', {'dry_run': dry_run, 'operations': sent}, expect=200)
        results = json.loads(answer[2])['results']
        self.assertEqual([r['id'] for r in results], [o['id'] for o in sent])
        return results

    def test_site(self):
        self.get('/v1/site')

    def test_changes(self):
        page = self.get('/v1/changes?limit=5000')
        self.assertEqual([k for k, rows in page.items() if rows == [] and k != 'removed'], [])
        self.operate(('assign', 1, 1, None, None), ('unassign', 1, 1, None, None))
        self.assertEqual(self.get('/v1/changes?limit=10&after=' + page['cursor'])['removed'],
                         [{'kind': 'enrollment', 'id': None, 'user_id': 1, 'course_id': 1}])
        self.send('GET', '/v1/changes?after=nonsense', expect=422)

    def test_every_outcome(self):
        results = self.operate(
            ('assign', 1, 2, {'due_date': '2030-01-01', 'message': 'Hello'}, None),
            ('assign', 1, 2, {}, None),
            ('assign', 123456, 2, None, None),
            ('set-due-date', 1, 2, {'due_date': '2031-01-01'}, {'due_date': '2029-01-01'}),
            ('unassign', 1, 2, None, None),
            ('edit-user', 3, 0, {'given_name': 'Ada'}, None),
            ('edit-user', 3, 0, {'given_name': 'Ada'}, None),
            ('no-such-thing', 1, 2, None, None))
        self.assertEqual([r['outcome'] for r in results],
                         ['applied', 'skipped', 'rejected', 'conflict', 'applied', 'applied', 'skipped', 'rejected'])
        self.assertEqual([r['absent'] for r in results], [False] * 4 + [True] + [False] * 3)
        ids = [r['id'] for r in results] + [str(uuid.uuid4())]
        again = json.loads(self.send('POST', '/v1/operations/outcomes', {'ids': ids}, expect=200)[2])['results']
        self.assertEqual([r['outcome'] for r in again], [r['outcome'] for r in results] + ['unknown'])

    def test_every_operation(self):
        """Each one the site offers can be asked for (here only in a dry run) and is known."""
        for name in self.get('/v1/site')['operations']:
            result, = self.operate((name, 5, 4, None, None), dry_run=True)
            self.assertNotEqual(result['code'], 'operation-unsupported')

    def test_reads(self):
        page = self.get('/v1/changes?limit=5000')
        courses = {c['id']: c for c in page['courses']}
        n = dict.fromkeys(('quiz', 'activity'), 0)
        for row in page['enrollments'][:200]:
            base = '/v1/users/%d/courses/%d/' % (row['user_id'], row['course_id'])
            self.get(base + 'history')
            self.get(base + 'chapters')
            for what, flag in (('quiz', 'has_quiz'), ('activity', 'has_scorm')):
                has = courses[row['course_id']][flag]
                self.send('GET', base + what, expect=200 if has else 404)
                n[what] += has
        self.assertTrue(all(n.values()))
        for certificate in page['certificates'][:5]:
            data = self.send('GET', '/v1/certificates/%d' % certificate['id'], expect=200)[2]
            self.assertTrue(data.startswith(b'%PDF-') and data.endswith(b'%%EOF\n'))

    def test_sandbox(self):
        self.operate(('notify', 1, 0, None, None))
        self.assertNotEqual(self.get('/sandbox/mailbox')['mails'], [])
        self.send('DELETE', '/sandbox/mailbox', expect=204)
        self.assertEqual(self.get('/sandbox/mailbox')['mails'], [])
        now = self.get('/sandbox/clock')['now']
        moved = json.loads(self.send('POST', '/sandbox/clock', {'advance': 3600}, expect=200)[2])['now']
        self.assertGreaterEqual(moved, now + 3600)
        self.send('POST', '/sandbox/clock', {'now': now}, expect=200)
        self.send('POST', '/sandbox/clock', {}, expect=422)
        self.operate(('assign', 1, 3, None, None))
        self.send('POST', '/sandbox/learn', {'user_id': 1, 'course_id': 3, 'progress': 100}, expect=204)
        self.send('POST', '/sandbox/learn', {'user_id': 1, 'course_id': 14, 'progress': 1}, expect=409)
        self.assertTrue(all(o['applied'] <= o['received'] for o in self.get('/sandbox/log')['operations']))

    def test_faults(self):
        self.send('POST', '/sandbox/faults', {'path': '/v1/site', 'fault': 'status', 'status': 429, 'retry_after': 3}, expect=204)
        status, headers, _ = self.send('GET', '/v1/site')
        self.assertEqual((status, headers['Retry-After']), (429, '3'))
        self.send('POST', '/sandbox/faults', {'path': '/v1', 'fault': 'status', 'count': -1}, expect=204)
        self.send('GET', '/v1/changes', expect=503)
        self.send('DELETE', '/sandbox/faults', expect=204)
        self.send('GET', '/v1/site', expect=200)
        self.send('POST', '/sandbox/faults', {'path': '/v1', 'fault': 'sulk'}, expect=422, valid=False)

    def test_sign_in(self):
        status, headers, _ = self.send('GET', '/v1/site', token='wrong')
        self.assertEqual(status, 401)
        self.assertTrue(headers['WWW-Authenticate'].startswith('Bearer'))
        learner = next(u for u in self.get('/v1/changes?limit=5000')['users'] if u['role'] == 'learner' and u['state'] == 'active')
        token = json.loads(self.send('POST', '/sandbox/tokens', {'user_id': learner['id']}, expect=200)[2])['token']
        self.send('GET', '/v1/site', token=token, expect=403)

    def test_settings(self):
        self.assertEqual(self.get('/v1/site')['settings'], {'allow_reassign_always': False, 'reassign_license': 'none'})
        self.send('POST', '/sandbox/settings', {'allow_reassign_always': True, 'reassign_license_hidden': True}, expect=204)
        self.assertEqual(self.get('/v1/site')['settings'], {'allow_reassign_always': True, 'reassign_license': None})
        self.send('POST', '/sandbox/settings', {'allow_reassign_always': False, 'reassign_license_hidden': False}, expect=204)
        self.assertIn('renew', self.get('/v1/site')['operations'])
        self.send('POST', '/sandbox/settings', {'renew_hidden': True}, expect=204)
        self.assertNotIn('renew', self.get('/v1/site')['operations'])
        self.send('POST', '/sandbox/settings', {'renew_hidden': False}, expect=204)
        self.send('POST', '/sandbox/settings', {'mood': True}, expect=422, valid=False)

    def test_mistakes(self):
        self.send('POST', '/v1/operations', '{"operations": [', expect=400, valid=False)
        self.send('POST', '/v1/operations', {'operations': []}, content_type='text/plain', expect=415)
        self.send('POST', '/v1/operations', {'operations': [{}]}, expect=422, valid=False)
        self.send('POST', '/v1/operations', {'operations': [{}] * 501}, expect=413, valid=False)
        self.send('GET', '/v1/nothing', expect=404, valid=False)
        self.send('GET', '/v1/users/1/courses/14/chapters', expect=404)
        self.send('GET', '/v1/certificates/999999', expect=404)

    def test_methods(self):
        """The methods of a path are those described."""
        for path in self.api.document['paths']:
            at = path.replace('{user_id}', '1').replace('{course_id}', '1').replace('{certificate_id}', '1')
            _, headers, _ = self.send('PATCH', at, '{}', expect=405, valid=False)
            self.assertEqual(sorted(headers['Allow'].split(', ')), sorted(self.api.methods(path)))


class Validator(unittest.TestCase):
    """The check can fail: an answer broken in each way is noticed."""

    @classmethod
    def setUpClass(cls):
        cls.api = openapi_validate.Api(DOCUMENT)
        cls.good = {'id': 'x', 'outcome': 'applied', 'code': None, 'sentence': None, 'server': {'a': 'b'}, 'revision': 3, 'user': None,
                    'enrollment': {
                        'user_id': 1, 'course_id': 1, 'revision': 3, 'access': 'active', 'requirement': 'required', 'source': 'manual',
                        'visible': True, 'archived': False, 'due_date': '2030-01-01', 'assigned_by': 1, 'assigned_at': 1, 'attempt': 1,
                        'started_at': None, 'progress': 0, 'completed_at': None, 'session_id': None, 'seat': None,
                        'certificate_at': None}, 'course': None, 'absent': False}

    def check(self, result, status=200, kind='application/json'):
        self.api.check_answer('POST', '/v1/operations', status, kind, json.dumps({'results': [result]}).encode())

    def test_good(self):
        self.check(self.good)

    def test_broken(self):
        def with_enrollment(**changed):
            return dict(self.good, enrollment=dict(self.good['enrollment'], **changed))

        no_code = copy.deepcopy(self.good)
        del no_code['code']
        for bad in (
            no_code, dict(self.good, more=1), dict(self.good, outcome='done'), dict(self.good, revision='3'), dict(self.good, absent=0),
            dict(self.good, server={'a': 1}), dict(self.good, user={}), with_enrollment(progress=101), with_enrollment(progress=True),
            with_enrollment(due_date='1.1.2030'), with_enrollment(seat='none'), with_enrollment(user_id=0), None,
        ):
            with self.subTest(bad=bad), self.assertRaises(openapi_validate.Mismatch):
                self.check(bad)
        with self.assertRaises(openapi_validate.Mismatch):
            self.check(self.good, kind='text/html')
        with self.assertRaises(openapi_validate.Mismatch):
            self.check(self.good, status=201)
        with self.assertRaises(openapi_validate.Mismatch):
            self.check(self.good, status=422)

    def test_broken_document(self):
        def changed(change):
            api = openapi_validate.Api(DOCUMENT)
            change(api.document)
            return api

        def misspell(d):
            d['components']['schemas']['Clock']['requierd'] = ['now']

        def lose(d):
            del d['components']['schemas']['Role']

        def rename(d):
            d['paths']['/v1/certificates/{id}'] = d['paths'].pop('/v1/certificates/{certificate_id}')

        def repeat(d):
            d['paths']['/v1/site']['get']['operationId'] = 'getChanges'

        for change in (misspell, lose, rename, repeat):
            with self.subTest(change=change.__name__), self.assertRaises(openapi_validate.Mismatch):
                changed(change).check_document()


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
