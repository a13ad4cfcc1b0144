#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command of registrar-cli, and how each ends, on the demo LMS.

    test-commands.py REGISTRAR-CLI REGISTRAR-SANDBOX MAKE-ROSTER
"""
import json
import os
import sys
import unicodedata
import zipfile

import cli_case
from cli_case import CliCase


class WithoutAccount(CliCase):
    def test_usage(self):
        for args in ((), ('nonsense',), ('users',), ('users', 'nonsense'), ('--nonsense',), ('users', 'list', '--nonsense'),
                     ('connect',), ('do',), ('do', 'assign'), ('import', 'check'), ('changes', 'undo'),
                     ('changes', 'undo', 'x'), ('sync', '--pull-only', '--push-only'), ('audit', '--since', 'soon'),
                     ('import', 'check', '--action', 'promote', 'x.csv'), ('changes', 'resolve', '1'),
                     ('users', 'export'), ('enrollments', 'list')):
            with self.subTest(args=args):
                out, err = self.run_cli(*args, status=2)
                self.assertEqual(out, '')
                self.assertNotEqual(err, '')

    def test_no_account(self):
        for args in (('users', 'list'), ('sync',), ('account',), ('disconnect',), ('audit',), ('import', 'list')):
            with self.subTest(args=args):
                self.assertIn('connect', self.say(*args, status=1))

    def test_help(self):
        out = self.cli('--help')
        for words in ('connect', 'import check', 'changes resolve', '--data-dir', 'Exit status'):
            self.assertIn(words, out)
        self.assertIn('list', self.cli('users', '--help'))
        self.assertIn('--token-file', self.cli('connect', '--help'))
        self.assertRegex(self.cli('--version'), r'^registrar-cli \d')

    def test_options_before_and_after(self):
        for args in (('--json', 'users', 'list'), ('users', 'list', '--json'), ('users', '--json', 'list')):
            with self.subTest(args=args):
                self.run_cli(*args, status=2 if args[1] == '--json' else 1)

    def test_sample(self):
        self.cli('import', 'template', '--action', 'assign', '--output', self.path('sample.csv'))
        with open(self.path('sample.csv'), 'rb') as f:
            self.assertEqual(f.read(), b'\xef\xbb\xbfEmail ID,Employee ID,Requirement,Due Date,Message\r\n')
        self.cli('import', 'template', '--action', 'unenroll', '--output', self.path('sample.xlsx'))
        self.assertTrue(zipfile.is_zipfile(self.path('sample.xlsx')))

    def test_wrong_token(self):
        sandbox = self.sandbox('--seed', 'demo')
        self.write('token', 'wrong')
        self.run_cli('connect', '--kind', 'registrar', '--url', sandbox.url, '--token-file', self.path('token'), status=5)
        self.run_cli('users', 'list', status=1)
        self.write('token', '')
        self.run_cli('connect', '--kind', 'registrar', '--url', sandbox.url, '--token-file', self.path('token'), status=2)

    def test_unreachable(self):
        self.write('token', 'x')
        self.run_cli('connect', '--kind', 'registrar', '--url', 'http://127.0.0.1:9', '--token-file',
                     self.path('token'), status=4)

    def test_unknown_kind(self):
        self.write('token', 'x')
        for kind in ('nonsense',):
            err = self.say('connect', '--kind', kind, '--url', 'http://127.0.0.1:9', '--token-file', self.path('token'),
                           status=2)
            self.assertIn(kind, err.lower())

    def test_token_on_stdin(self):
        sandbox = self.sandbox('--seed', 'demo')
        err = self.say('connect', '--kind', 'registrar', '--url', sandbox.url, '--token-file', '-', text_in=sandbox.token)
        self.assertIn('not kept', err)
        self.run_cli('sync', status=5)


class Demo(CliCase):
    def setUp(self):
        super().setUp()
        self.lms = self.sandbox('--seed', 'demo')
        self.connect(self.lms)

    def active(self, n):
        """E-mails of people who can be assigned things."""
        return [u['email'] for u in self.json('users', 'list', '--status', 'active', '--role', 'learner')[:n]]

    def pick(self, n):
        """A course without licenses to count, and n people who can be assigned it."""
        learners = self.active(None)
        for course in self.json('courses', 'list'):
            enrolled = {e['user'] for e in self.json('enrollments', 'list', '--course', course['code'])}
            free = [email for email in learners if email not in enrolled]
            if course['licenses_available'] in (None, -1) and course['kind'] == 'self_paced' and len(free) >= n:
                return course['code'], free[:n]
        self.fail('everybody is enrolled everywhere')

    def test_not_there(self):
        for args in (('users', 'show', 'nobody'), ('courses', 'show', '99'), ('enrollments', 'list', '--course', '99'),
                     ('import', 'show', '7'), ('import', 'rejects', '7', '--output', self.folder),
                     ('changes', 'show', '7'), ('changes', 'undo', '7'), ('changes', 'undo', 'b7'),
                     ('changes', 'retry', '7'), ('changes', 'discard', '7', '--yes'), ('changes', 'undo', '--last')):
            with self.subTest(args=args):
                self.assertIn('registrar-cli: ', self.say(*args, status=1))

    def test_account(self):
        account = self.json('account')
        self.assertEqual(account['url'], self.lms.url)
        self.assertGreater(account['users'], 200)
        self.assertIn('assign', account['operations'].split())

    def check_several(self, users, one, group):
        """Any of one kind, all of the kinds."""
        places = sorted({u['location'] for u in users if u['location']})[:2]
        found = self.json('users', 'list', '--location', places[0], '--location', places[1])
        self.assertEqual(sorted(u['id'] for u in found), sorted(u['id'] for u in users if u['location'] in places))
        found = self.json('users', 'list', '--location', places[0], '--location', places[1], '--group', group)
        self.assertEqual(sorted(u['id'] for u in found),
                         sorted(u['id'] for u in users if u['location'] in places and group in u['groups'].split(', ')))
        self.assertIn('no team', self.say('users', 'list', '--team', 'Nowhere', status=2))
        self.assertIn('no tag', self.say('users', 'list', '--tag', 'Nowhere', status=2))

    def test_users(self):
        users = self.json('users', 'list')
        self.assertGreater(len(users), 200)
        self.assertEqual(self.cli('users', 'list', '--format', 'csv').count('\n'), len(users) + 1)
        self.assertEqual(len(self.cli('users', 'list').splitlines()), len(users) + 1)
        one = next(u for u in users if u['groups'] and u['location'] and u['status'] == 'active')
        self.assertEqual(self.json('users', 'show', one['email'].upper()), one)
        self.assertEqual(self.json('users', 'list', '--search', one['email']), [one])
        group = one['groups'].split(', ')[0]
        for option, key, value in (('--status', 'status', 'archived'), ('--role', 'role', one['role']),
                                   ('--location', 'location', one['location'])):
            found = self.json('users', 'list', option, value)
            self.assertEqual(sorted(u['id'] for u in found), sorted(u['id'] for u in users if u[key] == value))
        self.assertIn(one['id'], [u['id'] for u in self.json('users', 'list', '--group', group)])
        self.check_several(users, one, group)
        two = self.json('users', 'list', '--status', 'archived,deactivated')
        self.assertEqual({u['status'] for u in two}, {'archived', 'deactivated'})
        down = [u['email'] for u in self.json('users', 'list', '--sort', 'email', '--descending')]
        self.assertEqual(down, sorted(down, reverse=True))
        self.run_cli('users', 'list', '--status', 'nonsense', status=2)
        self.run_cli('users', 'list', '--format', 'nonsense', status=2)
        self.run_cli('users', 'show', 'nobody@example.com', status=1)

    def test_export(self):
        users = self.json('users', 'list')
        err = self.say('users', 'export', '--output', self.path('all.csv'))
        self.assertIn('Only active users', err)
        rows = self.read_csv(self.path('all.csv'))
        self.assertEqual(len(rows) - 1, sum(u['status'] == 'active' for u in users))
        self.assertEqual({row[rows[0].index('Status')] for row in rows[1:]}, {'active'})
        self.cli('users', 'export', '--status', 'archived', '--output', self.path('old.xlsx'))
        self.assertTrue(zipfile.is_zipfile(self.path('old.xlsx')))

    def test_edit(self):
        email = self.active(1)[0]
        before = self.json('users', 'show', email)
        place = next(u['location'] for u in self.json('users', 'list') if u['location'] not in (None, before['location']))
        self.cli('users', 'edit', '--user', email, '--set', 'family_name=Æbler', '--set', 'location=' + place)
        after = self.json('users', 'show', email)
        self.assertEqual((after['family_name'], after['location'], after['waiting']), ('Æbler', place, True))
        change = self.json('changes', 'list')[0]
        self.assertEqual(change['operation'], 'edit-user')
        self.assertIn('family_name=' + before['family_name'], change['base'])
        self.assertEqual(self.json('sync')['applied'], 1)
        self.connect(self.lms, profile='other')
        self.assertEqual(self.json('users', 'show', email, profile='other')['location'], place)
        for wrong in ('email=nonsense', ):
            self.run_cli('users', 'edit', '--user', email, '--set', wrong, status=1)
        for wrong in ('nonsense', 'nonsense=1', 'location=Nowhere'):
            self.run_cli('users', 'edit', '--user', email, '--set', wrong, status=2)

    def test_add(self):
        place = next(u['location'] for u in self.json('users', 'list') if u['location'])
        group = next(u['groups'] for u in self.json('users', 'list') if u['groups']).split(', ')[0]
        made = self.json('users', 'add', '--email', 'nova@registrar.example', '--given-name', 'Nova', '--family-name', 'Star',
                         '--employee-id', '007', '--role', 'instructor', '--location', place, '--group', group)
        self.assertLess(made['id'], 0)
        user = self.json('users', 'show', 'NOVA@registrar.example')
        self.assertEqual((user['name'], user['employee_id'], user['role'], user['location'], user['groups'], user['status'],
                          user['waiting']), ('Nova Star', '007', 'instructor', place, group, 'pending', True))
        for wrong, status in ((('--email', 'nova@registrar.example'), 1), (('--employee-id', ' 007 '), 1), (('--email', 'nova@'), 1),
                              (('--given-name', 'Nobody'), 2), (('--employee-id', '8', '--group', 'Nowhere'), 2),
                              (('--employee-id', '8', '--role', 'king'), 1), (('--employee-id', '8', 'more'), 2)):
            with self.subTest(wrong=wrong):
                self.run_cli('users', 'add', *wrong, status=status)
        self.assertIn('Nova Star', self.say('users', 'add', '--email', 'nova@registrar.example', status=1))
        course = self.json('courses', 'list')[0]['code']
        self.cli('do', 'assign', '--course', course, '--user', 'nova@registrar.example')
        self.cli('users', 'edit', '--user', '007', '--set', 'family_name=Sun')
        batch = 'b%d' % made['batch']
        self.assertIn('2 other changes', self.say('changes', 'undo', batch, status=2))
        self.assertEqual(self.json('sync')['applied'], 3)
        user = self.json('users', 'show', '007')
        self.assertGreater(user['id'], 0)
        self.assertEqual(self.json('enrollments', 'list', '--user', '007')[0]['course'], course)
        self.connect(self.lms, profile='other')
        self.assertEqual(self.json('users', 'show', '007', profile='other')['name'], 'Nova Sun')

        made = self.json('users', 'add', '--email', 'second@registrar.example')
        self.cli('do', 'assign', '--course', course, '--user', 'second@registrar.example')
        self.cli('changes', 'undo', 'b%d' % made['batch'], '--yes')
        self.run_cli('users', 'show', 'second@registrar.example', status=1)
        self.assertEqual(self.json('changes', 'list'), [])

    def test_add_rejected(self):
        self.connect(self.lms, profile='other')
        self.cli('users', 'add', '--email', 'twice@registrar.example', profile='other')
        self.cli('users', 'add', '--email', 'Twice@registrar.example')
        self.cli('sync', profile='other')
        self.cli('sync', status=3)
        change = self.json('changes', 'list')[0]
        self.assertEqual((change['state'], change['code']), ('rejected', 'user-exists'))
        new = next(u for u in self.json('users', 'list', '--search', 'twice@') if u['id'] < 0)
        self.assertEqual(new['status'], 'pending')
        self.run_cli('changes', 'discard', str(change['id']), '--yes')
        self.assertEqual(len(self.json('users', 'list', '--search', 'twice@')), 1)

    def test_user_operations(self):
        people = self.active(4)
        group = next(u['groups'] for u in self.json('users', 'list') if u['groups']).split(', ')[0]
        self.cli('do', 'set-groups', '--add-group', group, '--user', *people[:2], status=(0, 3))
        self.assertIn(group, self.json('users', 'show', people[0])['groups'])
        self.cli('do', 'set-groups', '--remove-group', group, '--user', people[0])
        self.assertNotIn(group, self.json('users', 'show', people[0])['groups'] or '')
        self.cli('do', 'set-role', '--role', 'instructor', '--user', people[1])
        dry = self.json('do', 'set-role', '--role', 'instructor', '--user', people[1], '--dry-run', status=3)
        self.assertEqual(dry[0]['code'], 'nothing-to-do')
        self.cli('do', 'reset-password', '--user', people[2], '--yes')
        self.cli('do', 'notify', '--user', people[2], '--yes')
        said = ''.join(self.run_cli('do', 'archive', '--user', people[3]))
        self.assertIn('The system will never delete any recorded training data.', said)
        self.assertEqual(self.json('users', 'show', people[3])['status'], 'archived')
        self.cli('do', 'restore', '--user', people[3])
        waiting = next(u['email'] for u in self.json('users', 'list', '--status', 'pending'))
        self.cli('do', 'approve', '--notify', '--user', waiting, '--yes')
        mails = len(self.lms.get('/sandbox/mailbox')['mails'])
        self.cli('sync')
        sent = self.lms.get('/sandbox/mailbox')['mails'][mails:]
        self.assertEqual(sorted(m['kind'] for m in sent), ['notify', 'notify', 'reset-password'])
        for args in (('set-groups', '--user', people[0]), ('set-role', '--user', people[0]), ('archive', '--notify', '--user', people[0]),
                     ('set-groups', '--add-group', 'Nowhere', '--user', people[0]), ('add-user', '--user', people[0])):
            self.run_cli('do', *args, status=2)

    def test_keep_active(self):
        row = next(r for c in self.json('courses', 'list') for r in self.json('enrollments', 'list', '--course', c['code'])
                   if r['access'] == 'active' and r['user'] in self.active(300))
        self.cli('do', 'archive', '--keep-active', '--user', row['user'])
        self.assertEqual(self.json('users', 'show', row['user'])['status'], 'active')
        kept = self.json('enrollments', 'list', '--user', row['user'])
        self.assertTrue(all(r['access'] == 'revoked' for r in kept))
        self.assertIn(row['course'], [r['course'] for r in self.json('enrollments', 'list', '--user', row['user'],
                                                                      '--access', 'archived')])
        self.cli('sync')
        self.assertEqual(self.json('users', 'show', row['user'])['status'], 'active')
        self.assertEqual(self.json('do', 'archive', '--keep-active', '--dry-run', '--user', row['user'], status=3)[0]['code'], 'not-enrolled')

    def test_records(self):
        """C-19 and USR-14: what a reassignment or a removal deletes is kept here; what is archived is found over all people."""
        done = [e for e in self.json('enrollments', 'list', '--course', 'IND-101', '--status', 'completed')
                if e['user'] in self.active(300)][:3]
        again, gone, archived = (e['user'] for e in done)
        removed = lambda *args: self.json('records', 'list', '--kind', 'removed', *args)
        self.assertEqual(removed(), [])
        self.assertNotIn(archived, [r['user'] for r in self.json('records', 'list')])
        self.run_cli('do', 'reassign', '--remove-records', '--course', 'IND-101', '--user', again, '--yes')
        self.run_cli('do', 'remove-user', '--course', 'IND-101', '--user', gone, '--yes')
        self.run_cli('do', 'archive', '--user', archived)
        self.assertEqual(removed(), [], 'nothing is removed before the sync')
        self.cli('sync')
        kept = {r['removed_by']: r for r in removed()}
        self.assertEqual({r['user'] for r in removed()}, {again, gone})
        for operation, user in (('reassign', again), ('remove-user', gone)):
            was = next(e for e in done if e['user'] == user)
            self.assertEqual((kept[operation]['user'], kept[operation]['progress'], kept[operation]['completed_at'],
                              kept[operation]['status']), (user, was['progress'], was['completed_at'], 'Completed'))
            self.assertTrue(kept[operation]['certificate_at'])
        self.assertIn((archived, 'Archived'), [(r['user'], r['record']) for r in self.json('records', 'list')])
        self.assertEqual({r['user'] for r in self.json('records', 'list', '--search', gone)}, {gone})
        self.cli('records', 'list', '--output', self.path('records.csv'))
        self.assertIn(gone, [row[0] for row in self.read_csv(self.path('records.csv'))])
        # pulled once more, the copy stays
        self.cli('sync')
        self.assertEqual(len(removed()), len(kept))
        self.run_cli('records', 'list', '--kind', 'lost', status=2)

    def test_enrollments(self):
        course = max(self.json('courses', 'list'), key=lambda c: c['enrolled'])
        rows = self.json('enrollments', 'list', '--course', course['code'])
        self.assertEqual(self.json('courses', 'show', course['code']), course)
        self.assertGreater(len(rows), 20)
        for status in {r['status'] for r in rows}:
            found = self.json('enrollments', 'list', '--course', course['code'], '--status', status)
            self.assertEqual(sorted(r['user'] for r in found), sorted(r['user'] for r in rows if r['status'] == status))
        one = self.json('enrollments', 'list', '--user', rows[0]['user'])
        self.assertIn(course['code'], [r['course'] for r in one])
        required = self.json('enrollments', 'list', '--course', course['code'], '--requirement', 'required')
        self.assertEqual(len(required), sum(r['requirement'] == 'required' for r in rows))
        for source in {r['source'] for r in rows}:
            found = self.json('enrollments', 'list', '--course', course['code'], '--source', source)
            self.assertEqual(sorted(r['user'] for r in found), sorted(r['user'] for r in rows if r['source'] == source))
        self.run_cli('enrollments', 'list', '--course', course['code'], '--source', 'nonsense', status=2)
        self.run_cli('enrollments', 'list', '--course', 'nonsense', status=1)
        self.run_cli('enrollments', 'list', '--course', course['code'], '--due', 'soon', status=2)

    def test_readings(self):
        courses = {c['code']: c for c in json.loads(self.cli('courses', 'list', '--json'))}
        done = None
        for code in courses:
            rows = json.loads(self.cli('enrollments', 'list', '--course', code, '--status', 'completed', '--json'))
            quiz = self.run_cli('enrollments', 'quiz', '--user', rows[0]['user'], '--course', code, '--offline', status=(0, 2)) if rows else ('', '')
            if rows and 'no quiz' not in quiz[1]:
                done = rows[0]['user'], code
                self.assertIn('Never read', quiz[1])
                break
        self.assertIsNotNone(done)
        whom = ('--user', done[0], '--course', done[1])
        out, said = self.run_cli('enrollments', 'quiz', *whom, '--json')
        self.assertIn('As of', said)
        lines = json.loads(out)
        self.assertEqual(4, len(lines))
        self.assertEqual({'number', 'title', 'answered_at', 'score', 'passed', 'question', 'answer', 'correct'}, set(lines[0]))
        self.cli('enrollments', 'quiz', *whom, '--output', self.path('quiz.xlsx'))
        self.cli('enrollments', 'quiz', *whom, '--output', self.path('quiz.csv'))
        self.assertEqual(5, len(self.read_csv(self.path('quiz.csv'))))
        self.say('enrollments', 'quiz', *whom, '--output', self.path('quiz.xls'), status=1)
        self.assertEqual(5, len(json.loads(self.cli('enrollments', 'chapters', *whom, '--json'))))
        events = json.loads(self.cli('enrollments', 'history', *whom, '--json'))
        self.assertIn('completed', [e['event'] for e in events])
        self.say('enrollments', 'history', status=2)
        self.say('enrollments', 'certificate', *whom, status=2)
        self.cli('enrollments', 'certificate', *whom, '--output', self.path('one.pdf'))
        self.lms.stop()
        self.assertEqual(events, json.loads(self.cli('enrollments', 'history', *whom, '--json', '--offline')))
        self.assertEqual(events, json.loads(self.cli('enrollments', 'history', *whom, '--json', status=4)))
        self.cli('enrollments', 'certificate', *whom, '--offline', '--output', self.path('two.pdf'))
        with open(self.path('one.pdf'), 'rb') as one, open(self.path('two.pdf'), 'rb') as two:
            first = one.read()
            self.assertTrue(first.startswith(b'%PDF-'))
            self.assertEqual(first, two.read())

    def test_auto_reassign(self):
        code = json.loads(self.cli('courses', 'list', '--json'))[0]['code']
        self.say('do', 'set-auto-reassign', '--course', code, '--days', '90', '--user', 'x', status=2)
        self.say('do', 'set-auto-reassign', '--days', '90', status=2)
        self.say('do', 'set-auto-reassign', '--course', code, '--days', 'many', status=3)
        self.assertIn('1 course', self.say('do', 'set-auto-reassign', '--course', code, '--days', '90'))
        self.say('sync')
        self.assertEqual('applied', self.lms.log()[-1]['outcome'])

    def test_do_assign_and_undo(self):
        course, emails = self.pick(2)
        people = ['--user', emails[0], '--user', emails[1]]
        dry = self.json('do', 'assign', '--course', course, *people, '--dry-run')
        self.assertEqual([(d['user'], d['eligible'], d['standing'], d['outcome'], d['emails']) for d in dry],
                         [(e, True, 'not-enrolled', 'will', 0) for e in emails])
        dry = self.json('do', 'assign', '--course', course, *people, '--dry-run', '--message', 'Welcome')
        self.assertEqual([d['emails'] for d in dry], [1, 1])
        self.assertEqual(self.json('changes', 'list'), [])
        self.cli('do', 'assign', '--course', course, *people, '--due', '2030-01-31', '--message', 'Welcome')
        again = self.json('do', 'assign', '--course', course, *people, status=3)
        self.assertEqual({(d['code'], d['standing'], d['outcome'], d['waiting']) for d in again},
                         {('already-assigned', 'enrolled', 'skip', True)})
        rows = {r['user']: r for r in self.json('enrollments', 'list', '--course', course)}
        self.assertEqual([(rows[e]['due_date'], rows[e]['requirement'], rows[e]['waiting']) for e in emails],
                         [('2030-01-31', 'required', True)] * 2)
        batches = self.json('changes', 'list', '--batches')
        self.assertEqual([(b['total'], b['waiting']) for b in batches], [(2, 2)])
        self.cli('changes', 'undo', '--last')
        self.run_cli('changes', 'undo', '--last', status=1)
        self.assertEqual(self.json('changes', 'list'), [])
        self.assertEqual({c['state'] for c in self.json('changes', 'list', '--all')}, {'undone'})
        self.assertEqual(self.json('sync')['applied'], 0)
        self.assertEqual(self.lms.log(), [])

    def test_several_values_of_an_option(self):
        course, emails = self.pick(3)
        self.cli('do', 'assign', '--course', course, '--user', *emails)
        self.assertEqual(sorted(c['user'] for c in self.json('changes', 'list')), sorted(emails))
        self.cli('do', 'set-due-date', '--due', '2031-01-01', '--user', *emails[:2], '--course', course, '--quiet')
        self.assertEqual(len(self.json('changes', 'list')), 5)
        codes = [c['code'] for c in self.json('courses', 'list')][:2]
        self.write('list.csv', 'Email ID,Employee ID\n%s,\n' % emails[0])
        for args in (('--course', *codes, self.path('list.csv')), (self.path('list.csv'), '--course', *codes)):
            plan = self.json('import', 'check', '--action', 'unenroll', *args, status=(0, 3))
            self.assertEqual(sorted(i["course"] for i in plan["will"] + plan["cannot"]), sorted(codes))
            self.assertEqual(len(plan['will'] + plan['cannot']), 2)

    def test_undo_after_sync(self):
        course, (email,) = self.pick(1)
        self.cli('do', 'assign', '--course', course, '--user', email)
        batch = self.json('changes', 'list')[0]['batch']
        self.cli('sync')
        self.assertIn('countered', self.say('changes', 'undo', 'b%d' % batch))
        self.assertEqual([c['operation'] for c in self.json('changes', 'list')], ['unassign'])
        self.cli('sync')
        self.assertEqual([o['operation'] for o in self.lms.log()], ['assign', 'unassign'])

    def test_do_confirms(self):
        course, (email,) = self.pick(1)
        self.cli('do', 'assign', '--course', course, '--user', email)
        err = self.say('do', 'unassign', '--course', course, '--user', email, status=2)
        self.assertIn('will be lost', err)
        self.assertIn('--yes', err)
        self.assertEqual(len(self.json('changes', 'list')), 1)
        self.cli('do', 'unassign', '--course', course, '--user', email, '--yes')
        self.assertEqual([r for r in self.json('enrollments', 'list', '--course', course) if r['user'] == email], [])

    def test_do_filter(self):
        archived = self.json('users', 'list', '--status', 'archived')
        self.cli('do', 'restore', '--filter', 'status=archived')
        self.assertEqual(len(self.json('changes', 'list')), len(archived))
        self.assertEqual(self.json('users', 'list', '--status', 'archived'), [])
        course = max(self.json('courses', 'list'), key=lambda c: c['enrolled'])['code']
        waiting = self.json('enrollments', 'list', '--course', course, '--status', 'not-started')
        report = self.json('do', 'set-due-date', '--course', course, '--filter', 'status=not-started', '--due',
                           '2031-05-06', '--dry-run', status=3)
        self.assertEqual({r['code'] for r in report}, {None, 'user-deactivated'})
        self.assertEqual(sorted(r['user'] for r in report), sorted(r['user'] for r in waiting))

    def test_reassign_review(self):
        """The rows and counts of the window's review: completed ones are reassigned unless they are skipped."""
        course = max(self.json('courses', 'list'), key=lambda c: c['completed'])['code']
        args = ('do', 'reassign', '--course', course, '--filter', 'status=completed', '--dry-run')
        rows = [r for r in self.json(*args, status=(0, 3)) if r['outcome'] != 'cannot']
        self.assertEqual({(r['standing'], r['outcome'], r['code']) for r in rows}, {('completed', 'will', None)})
        skipped = [r for r in self.json(*args, '--skip-completed', status=3) if r['outcome'] != 'cannot']
        self.assertEqual({(r['standing'], r['outcome'], r['code']) for r in skipped}, {('completed', 'skip', 'completed-skipped')})
        self.assertEqual(len(rows), len(skipped))
        self.assertIn('completed user', self.say(*args, status=(0, 3)))

    def test_copy_enrollments(self):
        """From several trainings into one: each person once, and nobody who has it."""
        by_size = sorted(self.json('courses', 'list'), key=lambda c: c['enrolled'])
        target, sources = by_size[0]['code'], [c['code'] for c in by_size[-2:]]
        people = [{r['user'] for r in self.json('enrollments', 'list', '--course', c, '--status', 'completed')} for c in sources]
        args = ('do', 'assign', '--course', target, '--from-course', *sources, '--from-status', 'completed')
        rows = self.json(*args, '--dry-run', status=(0, 3))
        self.assertEqual(sorted(r['user'] for r in rows), sorted(people[0] | people[1]))
        self.assertGreater(len(people[0] & people[1]), 0)
        will = [r['user'] for r in rows if r['outcome'] == 'will']
        self.cli(*args, status=(0, 3))
        enrolled = {r['user'] for r in self.json('enrollments', 'list', '--course', target)}
        self.assertLessEqual(set(will), enrolled)
        self.assertEqual([b['total'] for b in self.json('changes', 'list', '--batches')], [len(will)])
        self.run_cli('do', 'unassign', '--course', target, '--from-course', sources[0], status=2)
        self.run_cli('do', 'assign', '--course', target, '--user', will[0], '--from-status', 'completed', status=2)

    def test_team(self):
        """ASG-18: what a team has, a training for all of it, and taken away again; before the sync and after."""
        team = ('--group', 'Team North')
        members = {u['email'] for u in self.json('users', 'list', *team, '--status', 'active,pending')}

        def trainings():
            return {c['code']: c for c in self.json('courses', 'list', *team)}

        def has(code):
            return {e['user'] for e in self.json('enrollments', 'list', '--course', code, *team, '--access', 'active')
                    if e['user'] in members}

        before = trainings()
        everything = self.json('courses', 'list')
        self.assertEqual({c['not_enrolled'] for c in everything}, {None})
        for course in everything:
            row, people = before.get(course['code']), has(course['code'])
            self.assertEqual(row is None, not people)
            if row is not None:
                done = self.json('enrollments', 'list', '--course', course['code'], *team, '--status', 'completed')
                self.assertEqual((row['enrolled'], row['not_enrolled']), (len(people), len(members) - len(people)))
                self.assertEqual(row['completed'], len([e for e in done if e['user'] in members]))
        code = next(c['code'] for c in sorted(before.values(), key=lambda c: -c['not_enrolled'])
                    if c['licenses_available'] is None)
        args = ('--course', code, '--filter', 'group=Team North')
        self.cli('do', 'assign', *args, status=(0, 3))
        staged = trainings()[code]
        self.assertEqual((staged['enrolled'], staged['not_enrolled']), (len(members), 0))
        self.assertEqual(staged['waiting'], before[code]['not_enrolled'])
        self.json('sync')
        self.assertEqual(trainings()[code], dict(staged, waiting=0))
        self.cli('do', 'unassign', *args, '--yes', status=(0, 3))
        left = trainings().get(code)
        self.assertEqual(left['enrolled'], left['completed'])
        self.json('sync')
        self.assertEqual(trainings().get(code, dict(enrolled=0))['enrolled'], left['enrolled'])
        self.run_cli('courses', 'list', '--group', 'No Such Team', status=2)

    def test_sessions(self):
        self.assertNotIn('sessions', self.json('courses', 'show', 'IND-101'))
        sessions = self.json('courses', 'show', 'FA-200')['sessions']
        too_old, old, recent, soon, later = sessions
        self.assertEqual([s['past'] for s in sessions], [True, True, True, False, False])
        self.assertFalse(too_old['can_be_chosen'])
        self.assertTrue(recent['can_be_chosen'])
        self.assertEqual(old['left'], old['seats'] - old['taken'])
        self.assertIn(old['place'], self.cli('courses', 'show', 'FA-200'))

        def do(operation, *args, **named):
            return self.json('do', operation, '--course', 'FA-200', *args, **named)

        def seat():
            return next((e['status'], e['seat'], e['session_id'])
                        for e in self.json('enrollments', 'list', '--course', 'FA-200') if e['user'] == email)

        email = self.json('enrollments', 'list', '--course', 'FA-200', '--status', 'not-started', '--session', 'none')[0]['user']
        row, = do('change-session', '--session', str(too_old['id']), '--user', email, '--dry-run', status=3)
        self.assertEqual(row['code'], 'session-too-old')
        row, = do('change-session', '--session', '99999', '--user', email, '--dry-run', status=3)
        self.assertEqual(row['code'], 'session-unknown')
        do('change-session', '--session', str(old['id']), '--user', email, '--dry-run')
        self.assertEqual(self.json('changes', 'list'), [])
        do('change-session', '--session', str(old['id']), '--user', email)
        self.assertEqual(seat(), ('enrolled', 'enrolled', str(old['id'])))
        self.assertIn(email, [e['user'] for e in self.json('enrollments', 'list', '--course', 'FA-200', '--session', str(old['id']))])
        self.assertEqual(self.json('courses', 'show', 'FA-200')['sessions'][1]['taken'], old['taken'] + 1)
        self.run_cli('do', 'mark-no-show', '--course', 'FA-200', '--user', email, status=2)
        do('mark-no-show', '--user', email, '--message', 'We missed you.', '--yes')
        self.assertEqual(seat()[:2], ('not-started', 'no_show'))
        self.assertEqual(self.json('sync')['applied'], 2)
        self.assertEqual(seat()[:2], ('not-started', 'no_show'))
        row, = do('remove-from-session', '--user', email, '--dry-run', status=3)
        self.assertEqual(row['code'], 'no-seat')
        row, = do('remove-user', '--scope', 'both', '--user', email, '--dry-run', status=3)
        self.assertEqual(row['code'], 'no-seat')
        do('make-instructor', '--user', email)
        self.assertTrue(next(e for e in self.json('enrollments', 'list', '--course', 'FA-200') if e['user'] == email)['instructor'])
        self.run_cli('enrollments', 'list', '--course', 'FA-200', '--session', 'soon', status=2)
        self.run_cli('users', 'list', '--session', '1', status=2)

    def test_retry_in_another_session(self):
        """K-10: the last seat was taken meanwhile; “changes retry --session” asks for another one."""
        def waiting(profile):
            return [e['user'] for e in self.json('enrollments', 'list', '--course', 'FA-200', '--session', 'none', '--status',
                                                 'not-started,started,in-progress', profile=profile)]

        _, *between, later = self.json('courses', 'show', 'FA-200')['sessions']
        other = next(s for s in between if s['taken'] < s['seats'])
        free = later['seats'] - later['taken']
        self.cli('do', 'assign', '--course', 'FA-200', '--filter', 'status=active', status=3)
        self.cli('sync')
        mine, *others = waiting('profile')
        self.assertGreaterEqual(len(others), free)
        self.connect(self.lms, profile='other')
        self.cli('do', 'change-session', '--course', 'FA-200', '--session', str(later['id']), '--user', mine)
        self.cli('do', 'change-session', '--course', 'FA-200', '--session', str(later['id']), '--user', *others[:free],
                 profile='other')
        self.assertEqual(self.json('sync', profile='other')['applied'], free)
        self.cli('sync', status=3)
        change, = self.json('changes', 'list')
        self.assertEqual((change['state'], change['code']), ('rejected', 'session-full'))
        # the full one again, and one that is not there: nothing is sent, and the change stays
        for session in (later['id'], 99999):
            self.run_cli('changes', 'retry', str(change['id']), '--session', str(session), status=(1, 3))
            self.assertEqual([c['state'] for c in self.json('changes', 'list')], ['rejected'])
        self.assertIn('1 change waits', ''.join(self.run_cli('changes', 'retry', str(change['id']), '--session', str(other['id']))))
        self.assertEqual([c['state'] for c in self.json('changes', 'list')], ['pending'])
        self.assertEqual(self.json('sync')['applied'], 1)
        self.assertEqual(self.json('changes', 'list'), [])
        user = self.json('users', 'show', mine)['id']
        course = self.json('courses', 'show', 'FA-200')['id']
        there = [e for e in self.lms.get('/v1/changes?limit=5000')['enrollments'] if (e['user_id'], e['course_id']) == (user, course)]
        self.assertEqual([(e['session_id'], e['seat']) for e in there], [(other['id'], 'enrolled')])
        for profile in ('profile', 'other'):
            self.cli('sync', profile=profile)
            self.assertIn(mine, [e['user'] for e in self.json('enrollments', 'list', '--course', 'FA-200', '--session', str(other['id']),
                                                              profile=profile)])
            taken = {s['id']: s['taken'] for s in self.json('courses', 'show', 'FA-200', profile=profile)['sessions']}
            self.assertEqual((taken[other['id']], taken[later['id']]), (other['taken'] + 1, later['seats']))

    def test_roles(self):
        """What the role may not do is refused in plain words: an instructor's courses, a manager's team."""
        teacher = next(u for u in self.json('users', 'list', '--role', 'instructor')
                       if [e for e in self.json('enrollments', 'list', '--user', u['email']) if e['instructor']])
        course = next(e['course'] for e in self.json('enrollments', 'list', '--user', teacher['email']) if e['instructor'])
        other = next(c['code'] for c in self.json('courses', 'list') if c['kind'] == 'ilt' and c['code'] != course)
        admin = self.lms.token
        self.lms.token = self.lms.get('/sandbox/tokens', {'user_id': teacher['id']})['token']
        self.connect(self.lms, profile='teacher')

        def reason(code, *args, profile):
            mine = self.json('enrollments', 'list', '--course', code, '--status', 'enrolled', profile=profile)[0]['user']
            return self.json('do', *args, '--course', code, '--user', mine, '--dry-run', status=(0, 3), profile=profile)[0]['reason']

        self.assertIsNone(reason(course, 'mark-complete', profile='teacher'))
        self.assertEqual(reason(other, 'mark-complete', profile='teacher'), 'You are not an instructor of this course.')
        self.assertIn('unassign', self.say('do', 'unassign', '--course', course, '--user', teacher['email'], status=2, profile='teacher'))
        self.assertIn('may not see', self.say('enrollments', 'history', '--course', other, '--user', self.active(1)[0], status=2,
                                              profile='teacher'))
        self.lms.token = admin
        people = self.json('users', 'list', '--status', 'active', '--role', 'learner')
        boss = next(p['manager'] for p in people if p['manager'])
        manager = next(u for u in self.json('users', 'list', '--role', 'manager') if u['name'] == boss)
        team = [p['email'] for p in people if p['manager'] == boss]
        outside = next(p['email'] for p in people if p['manager'] != boss)
        self.lms.token = self.lms.get('/sandbox/tokens', {'user_id': manager['id']})['token']
        self.connect(self.lms, profile='manager')
        rows = self.json('do', 'assign', '--course', 'LANG-310', '--user', team[0], '--user', outside, '--dry-run', status=3, profile='manager')
        self.assertEqual({r['user']: r['code'] == 'team-not-own' for r in rows}, {team[0]: False, outside: True})
        self.write('list.csv', 'Employee ID,Email ID,Requirement,Due Date,Message\n,%s,,,\n,%s,,,\n' % (team[0], outside))
        plan = self.json('import', 'check', self.path('list.csv'), '--action', 'assign', '--course', 'LANG-310', status=(0, 3), profile='manager')
        self.assertEqual([c['code'] for c in plan['cannot'] if c['user'] == outside], ['team-not-own'])
        self.assertNotIn('team-not-own', [c['code'] for c in plan['cannot'] if c['user'] == team[0]])
        self.lms.token = admin

    def test_mixed_selection(self):
        """X-28: who cannot be concerned is listed with the reason by the dry run of every operation, and left out."""
        course = 'FA-200'
        by_status = {}
        for e in self.json('enrollments', 'list', '--course', course):
            by_status.setdefault(e['status'], e['user'])
        self.assertGreaterEqual(len(by_status), 3)
        people = [word for user in by_status.values() for word in ('--user', user)]
        for operation, more in (('mark-complete', ()), ('mark-incomplete', ()), ('reset-progress', ()), ('unassign', ()), ('unenroll', ()),
                                ('set-due-date', ('--due', '2031-01-01')), ('clear-due-date', ()), ('reassign', ()), ('mark-no-show', ()),
                                ('remove-certificate', ()), ('generate-certificate', ()), ('remove-user', ()), ('assign', ())):
            with self.subTest(operation=operation):
                rows = self.json('do', operation, '--course', course, *people, *more, '--dry-run', status=(0, 3))
                self.assertEqual(len(rows), len(by_status))
                for row in rows:
                    self.assertEqual(bool(row['reason']), not row['eligible'], row)
        self.assertEqual(self.json('changes', 'list'), [])

    def test_not_enrolled(self):
        enrolled = {e['user'] for e in self.json('enrollments', 'list', '--course', 'FA-200')}
        user = next(u for u in self.active(100) if u not in enrolled)
        for operation, more, reason in (('unenroll', (), 'nothing to unenroll'), ('reassign', (), 'nothing to reassign'),
                                        ('reset-progress', (), 'no progress to reset'),
                                        ('set-due-date', ('--due', '2031-01-01'), 'no due date to set'),
                                        ('remove-registration', (), 'no registration to remove')):
            row, = self.json('do', operation, '--course', 'FA-200', '--user', user, *more, '--dry-run', status=3)
            self.assertEqual((row['code'], row['reason']), ('not-enrolled', 'Not enrolled, so there is %s.' % reason))

    def test_products(self):
        """An edition, a subscription, single units: each is taken, and what the course has not is refused."""
        email = self.active(1)[0]
        def codes(*args):
            return [r['code'] for r in self.json('do', 'assign', '--course', 'LANG-310', '--user', email, '--dry-run', *args, status=(0, 3))]
        self.json('do', 'unassign', '--course', 'LANG-310', '--user', email, '--yes', status=(0, 3))
        self.assertEqual(codes('--edition', '2', '--subscription'), [None])
        self.assertEqual(codes('--units', '1,3'), [None])
        for args in (('--edition', '7'), ('--units', '1,9'), ('--units', '')):
            self.assertEqual(codes(*args), ['value-invalid'])
        self.assertIn('subscription', self.say('do', 'assign', '--course', 'LANG-310', '--user', email, '--subscription',
                                               status=(1, 2)).lower())
        self.cli('do', 'assign', '--course', 'LANG-310', '--user', email, '--subscription', '--edition', '1', '--yes')

        def product():
            one = next(e for e in self.json('enrollments', 'list', '--course', 'LANG-310') if e['user'] == email)
            return {key: one[key] for key in ('edition', 'mode', 'units', 'product', 'subscription_end')}

        mine = product()
        self.assertEqual((mine['edition'], mine['mode'], mine['units']), ('1', 'subscription', None))
        self.assertEqual(mine['product'], 'Castellano · Subscription until ' + mine['subscription_end'])
        self.cli('sync', '--quiet')
        self.assertEqual(product(), mine)
        self.run_cli('changes', 'undo', '--last', status=1)
        row, = self.json('do', 'renew', '--course', 'LANG-310', '--user', email, '--dry-run', status=3)
        self.assertEqual(row['code'], 'nothing-to-do')
        self.assertIn(mine['subscription_end'], row['reason'])

    def test_presets(self):
        """Made, edited item by item, renamed, taken back and deleted; offline, and as the LMS has it."""
        def items(name):
            return {i['course']: (i['requirement'], i['due_days'], i['edition'], i['mode'], i['units'])
                    for i in self.json('presets', 'list') if i['preset'] == name}

        self.cli('presets', 'save', 'Night shift', '--item', 'IND-101:required:due=14', '--item', 'LANG-310:edition=2:units=1,3')
        mine = {'IND-101': ('required', 14, None, None, None), 'LANG-310': ('optional', None, '2', 'units', '1,3')}
        self.assertEqual(items('Night shift'), mine)
        self.json('sync')
        self.assertEqual(items('Night shift'), mine)
        self.cli('presets', 'save', 'Night shift', '--item', 'IND-101:due=0:optional', '--item', 'LANG-310:subscription',
                 '--item', 'DATA-120:due=7', '--rename', 'Nights')
        changed = {'IND-101': ('optional', None, None, None, None), 'LANG-310': ('optional', None, '2', 'subscription', None),
                   'DATA-120': ('required', 7, None, None, None)}
        self.assertEqual((items('Night shift'), items('Nights')), ({}, changed))
        self.cli('changes', 'undo', '--last')
        self.assertEqual(items('Night shift'), mine)
        self.cli('presets', 'save', 'Night shift', '--remove', 'LANG-310')
        self.json('sync')
        self.assertEqual(items('Night shift'), {'IND-101': mine['IND-101']})
        people = self.active(3)
        rows = self.json('do', 'assign', '--preset', 'Night shift', '--user', *people, '--dry-run', status=(0, 3))
        self.assertEqual({(r['user'], r['course']) for r in rows}, {(p, 'IND-101') for p in people})
        self.cli('do', 'unassign', '--course', 'IND-101', '--user', people[0], '--yes', status=(0, 3))
        self.cli('do', 'remove-user', '--course', 'IND-101', '--user', people[0], '--yes', status=(0, 3))
        self.json('sync')
        self.cli('do', 'assign', '--preset', 'Night shift', '--user', people[0])
        one = next(e for e in self.json('enrollments', 'list', '--course', 'IND-101') if e['user'] == people[0])
        self.assertEqual((one['requirement'], bool(one['due_date'])), ('required', True))
        self.json('sync')
        for args in (('assign', '--preset', 'X'), ('assign', '--preset', 'Night shift', '--due', '2031-01-01'),
                     ('unassign', '--preset', 'Night shift'), ('assign', '--preset', 'Night shift', '--course', 'IND-101')):
            self.run_cli('do', *args, '--user', people[0], status=2)
        for args in (('save', 'X'), ('save', 'X', '--item', 'IND-101:due=x'), ('save', 'X', '--item', 'IND-101:units='),
                     ('save', 'Night shift', '--remove', 'DATA-120'), ('save', 'X', '--rename', 'Y'), ('delete', 'X'), ('save',)):
            with self.subTest(args=args):
                self.run_cli('presets', *args, status=2)
        self.run_cli('do', 'save-preset', '--course', 'IND-101', status=2)
        self.cli('presets', 'delete', 'Night shift')
        self.json('sync')
        self.assertEqual(items('Night shift'), {})

    def test_do_refused(self):
        email = self.active(1)[0]
        for args in (('promote', '--user', email), ('edit-user', '--user', email), ('archive', '--course', 'C', '--user', email),
                     ('assign', '--user', email), ('archive', '--user', email, '--due', '2030-01-01'),
                     ('archive',), ('archive', '--filter', 'nonsense=1'),
                     ('archive', '--user', email, '--filter', 'status=active')):
            with self.subTest(args=args):
                self.run_cli('do', *args, status=2)
        self.assertIn('promote', self.say('do', 'promote', '--user', email, status=2))
        self.assertEqual(self.json('changes', 'list'), [])

    def test_rejected_and_discarded(self):
        email = self.active(1)[0]
        user = self.json('users', 'show', email)
        self.connect(self.lms, profile='other')
        self.cli('do', 'archive', '--user', email, '--yes', profile='other')
        self.cli('sync', profile='other')
        self.cli('users', 'edit', '--user', email, '--set', 'given_name=Other')
        self.run_cli('sync', status=3)
        changes = self.json('changes', 'list')
        self.assertEqual([(c['state'], c['code']) for c in changes], [('rejected', 'user-archived')])
        number = str(changes[0]['id'])
        self.assertEqual(self.json('changes', 'show', number)['uuid'], changes[0]['uuid'])
        self.cli('changes', 'retry', number)
        self.run_cli('sync', status=3)
        self.run_cli('changes', 'discard', number, status=2)
        self.cli('changes', 'discard', number, '--yes')
        self.assertEqual(self.json('changes', 'list'), [])
        self.cli('sync')
        self.assertEqual(self.json('users', 'show', email)['given_name'], user['given_name'])
        events = [e['event'] for e in self.json('audit')]
        for event in ('staged', 'rejected', 'discarded'):
            self.assertIn(event, events)
        self.assertEqual(self.json('audit', '--since', '2999-01-01'), [])

    def test_conflict(self):
        email = self.active(1)[0]
        for choice, name in (('--mine', 'Mine'), ('--theirs', 'Theirs')):
            with self.subTest(choice=choice):
                other = 'profile' + name
                self.connect(self.lms, profile=other)
                self.cli('users', 'edit', '--user', email, '--set', 'family_name=Theirs', profile=other)
                self.cli('users', 'edit', '--user', email, '--set', 'family_name=Mine')
                self.cli('sync', profile=other)
                self.run_cli('sync', status=3)
                change = self.json('changes', 'list', '--state', 'conflict')[0]
                self.assertIn('family_name=Theirs', change['server'])
                self.cli('changes', 'resolve', choice, str(change['id']))
                self.cli('sync')
                self.assertEqual(self.json('changes', 'list'), [])
                self.cli('sync', profile=other)
                self.assertEqual(self.json('users', 'show', email, profile=other)['family_name'], name)

    def test_disconnect(self):
        email = self.active(1)[0]
        self.cli('users', 'edit', '--user', email, '--set', 'given_name=X')
        self.assertIn('lost', self.say('disconnect', status=2))
        self.cli('disconnect', '--yes')
        self.run_cli('users', 'list', status=1)
        self.assertFalse([f for _, _, files in os.walk(self.path('profile')) for f in files if f.endswith('.db')])

    def test_one_lms_per_profile(self):
        other = self.sandbox('--seed', '10')
        self.write('token', other.token)
        self.assertIn(self.lms.url, self.say('connect', '--kind', 'registrar', '--url', other.url, '--token-file',
                                             self.path('token'), status=1))

    def test_table_width(self):
        """Columns line up by what a terminal shows: some letters are two columns wide, some none."""
        def width(text):
            return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in text)
        users = self.json('users', 'list')
        wide = next(u for u in users if width(u['name']) > len(u['name']))
        plain = next(u for u in users if u['name'].isascii())
        at = set()
        for line in self.cli('users', 'list').splitlines():
            for user in (wide, plain):
                if user['email'] in line.split():
                    at.add(width(line[:line.index(user['email'])]))
        self.assertEqual(len(at), 1)


if __name__ == '__main__':
    cli_case.main(sys.argv)
