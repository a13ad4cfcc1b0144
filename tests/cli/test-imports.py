#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every import action on the demo LMS: the check says what will be, the start queues exactly that, the LMS has it after
the next sync, and one undo takes it back.

    test-imports.py REGISTRAR-CLI REGISTRAR-SANDBOX MAKE-ROSTER
"""
import csv
import os
import re
import shutil
import subprocess
import sys
import zipfile

import cli_case
from cli_case import CliCase


class Imports(CliCase):
    def setUp(self):
        super().setUp()
        self.lms = self.sandbox('--seed', 'demo')
        self.connect(self.lms)
        self.users = {u['email']: u for u in self.json('users', 'list', '--status', 'active')}

    def check(self, action, text, *args, status=0):
        self.write('file.csv', text)
        plan = self.json('import', 'check', '--action', action, *args, self.path('file.csv'), status=status)
        self.assert_conserved(plan)
        return plan

    def start(self, action, *args, status=0):
        self.run_cli('import', 'start', '--action', action, *args, self.path('file.csv'), status=status)

    def enrollments(self, course):
        return {e['user']: e for e in self.json('enrollments', 'list', '--course', course)}

    def course_with_people(self, n, **fields):
        for course in self.json('courses', 'list'):
            people = [e for e in self.enrollments(course['code']).values() if e['user'] in self.users
                      and all(e[k] == v for k, v in fields.items())]
            if len(people) >= n:
                return course['code'], people[:n]
        self.fail('no course has so many people')

    def test_unenroll_list(self):
        code, people = self.course_with_people(3, status='not-started')
        text = 'Email ID,Employee ID\n' + ''.join('%s,\n' % p['user'] for p in people) + 'nobody@example.com,\n'
        plan = self.check('unenroll', text, '--course', code, status=3)
        self.assertEqual([(i['line'], i['user'], i['course']) for i in plan['will']],
                         [(n + 2, p['user'], code) for n, p in enumerate(people)])
        self.assertEqual(plan['summary'],
                         '3 users will be unenrolled · 0 cannot be unenrolled · 1 line may not be imported')
        self.start('unenroll', '--course', code, status=3)
        self.assertEqual({self.enrollments(code)[p['user']]['status'] for p in people}, {'unenrolled'})
        self.cli('changes', 'undo', '--last')
        self.assertEqual({self.enrollments(code)[p['user']]['status'] for p in people}, {'not-started'})
        self.start('unenroll', '--course', code, status=3)
        self.assertEqual(self.json('sync')['applied'], 3)
        self.assertEqual({self.enrollments(code)[p['user']]['status'] for p in people}, {'unenrolled'})
        self.assertEqual(self.json('import', 'show', '2')['outcome'],
                         'Import process completed. 3 users imported successfully, 1 users not imported.')

    def test_due_dates(self):
        code, people = self.course_with_people(3, status='not-started')
        text = 'Email ID,Employee ID,Course,Due Date\n' + ''.join(
            '%s,,%s,%s\n' % (p['user'], code, day) for p, day in zip(people, ('2031-01-31', '31.03.2031', '')))
        plan = self.check('set-due-dates', text)
        self.assertEqual([i['user'] for i in plan['will']], [p['user'] for p in people[:2]])
        self.assertEqual(plan['unmarked'], [4])
        self.start('set-due-dates')
        self.cli('sync')
        now = self.enrollments(code)
        self.assertEqual([(now[p['user']]['due_date'], now[p['user']]['requirement']) for p in people[:2]],
                         [('2031-01-31', 'required'), ('2031-03-31', 'required')])
        self.assertEqual(now[people[2]['user']]['due_date'], people[2]['due_date'])
        # Taken away, for a course that is chosen instead of named.
        text = 'Email ID,Employee ID,Due Date\n%s,,\n' % people[0]['user']
        plan = self.check('set-due-dates', text, '--course', code, '--empty', 'clear')
        self.assertEqual(len(plan['will']), 1)
        words = 'The due date of 1 user will be removed · 0 cannot be changed · 0 lines may not be imported'
        self.assertEqual(plan['summary'], words)
        self.assertIn(words, self.cli('import', 'check', '--action', 'set-due-dates', '--course', code, '--empty', 'clear', self.path('file.csv')))
        self.assertIn({'field': 'due_date', 'before': '2031-01-31', 'after': ''}, plan['will'][0]['changes'])
        self.start('set-due-dates', '--course', code, '--empty', 'clear')
        self.cli('sync')
        now = self.enrollments(code)[people[0]['user']]
        self.assertEqual((now['due_date'], now['requirement']), (None, 'optional'))
        self.assertEqual(self.lms.get('/sandbox/mailbox'), {'mails': []})

    def test_groups(self):
        groups = sorted({g for u in self.users.values() for g in [u['groups']] if g and ', ' not in g})
        person = next(u for u in self.users.values() if u['groups'] and ',' not in u['groups'])
        other = [g for g in groups if g != person['groups']][:2]
        text = 'Email ID,Employee ID,Groups\n%s,,%s\n%s,,%s\n%s,,No such group\n' % (
            person['email'], '; '.join(other), person['email'], person['groups'], person['email'])
        plan = self.check('add-to-groups', text, status=3)
        self.assertEqual([(i['line'], i['user'], i['course']) for i in plan['will']], [(2, person['email'], None)])
        change, = plan['will'][0]['changes']
        self.assertEqual(change['field'], 'labels')
        self.assertEqual(set(change['after'].split('; ')) - set(change['before'].split('; ')), set(other))
        self.assertIn(person['groups'], change['before'].split('; '))
        self.assertEqual(plan['unmarked'], [3])
        self.assertEqual([r['code'] for r in plan['not_imported']], ['label-unknown'])
        self.start('add-to-groups', status=3)
        self.cli('sync')
        self.assertEqual(sorted(self.json('users', 'show', person['email'])['groups'].split(', ')),
                         sorted(other + [person['groups']]))

    # ---- people

    def test_export_and_back(self):
        for name in ('people.xlsx', 'people.csv'):
            with self.subTest(name=name):
                self.cli('users', 'export', '--status', 'any', '--output', self.path(name))
                plan = self.json('import', 'check', '--action', 'update-users', '--empty', 'clear', self.path(name), status=3)
                self.assertEqual(plan['will'], [])
                self.assertEqual({r['code'] for r in plan['not_imported']}, {'user-deactivated', 'user-archived'})
                self.assertGreater(len(plan['unmarked']), 200)
                self.assertEqual(plan['cannot'], [])
        rows = self.read_csv(self.path('people.csv'))
        self.assertEqual(rows[0], ['Email ID', 'Employee ID', 'Given Name', 'Family Name', 'Role', 'Location', 'Manager',
                                   'Groups', 'Status'])

    def test_export_names(self):
        for args in (('users', 'export'), ('users', 'list'), ('enrollments', 'list', '--course', '1'), ('courses', 'list')):
            with self.subTest(args=args):
                out, err = self.run_cli(*args, '--output', self.path('people.foo'), status=2)
                self.assertIn('.xlsx', err)
                self.assertFalse(os.path.exists(self.path('people.foo')))

    def test_add_and_update(self):
        known = [u for u in self.users.values() if u['employee_id']][:2]
        location = next(u['location'] for u in self.users.values() if u['location'] and u['location'] != known[1]['location'])
        text = ('Email ID,Employee ID,Given Name,Family Name,Location,Manager\n'
                'nora@new.example,0099,Nora,Nye,%s,%s\n'
                '%s,%s,%s,%s,%s,\n'
                'oskar@new.example,,=Oskar,Öy,,\n'
                '%s,,%s,%s,,\n' % ('"%s"' % location, known[0]['email'],
                                   known[1]['email'], known[1]['employee_id'], known[1]['given_name'] + 'x',
                                   known[1]['family_name'], '"%s"' % location,
                                   known[0]['email'], known[0]['given_name'], known[0]['family_name']))
        plan = self.check('add-users', text, status=3)
        self.assertEqual([(i['line'], i['user'], i['new']) for i in plan['will']],
                         [(2, 'nora@new.example', True), (4, 'oskar@new.example', True)])
        self.assertEqual([(i['line'], i['code']) for i in plan['cannot']], [(3, 'user-exists'), (5, 'user-exists')])
        plan = self.check('update-users', text, status=3)
        self.assertEqual([i['line'] for i in plan['will']], [3])
        self.assertEqual(plan['unmarked'], [5])
        self.assertEqual([r['code'] for r in plan['not_imported']], ['user-unknown'] * 2)
        plan = self.check('update-users', text, '--people', 'both')
        self.assertEqual([i['line'] for i in plan['will']], [2, 3, 4])
        self.assertEqual(plan['summary'], '2 users will be added · 1 user will be updated · 0 cannot be updated · '
                                          '0 lines may not be imported')

        # One step, one undo.
        self.start('update-users', '--people', 'both')
        self.assertEqual(sorted(c['operation'] for c in self.json('changes', 'list')),
                         ['add-user', 'add-user', 'edit-user'])
        self.assertEqual(self.json('users', 'show', 'nora@new.example')['employee_id'], '0099')
        self.cli('changes', 'undo', '--last')
        self.assertEqual(self.json('changes', 'list'), [])
        self.run_cli('users', 'show', 'nora@new.example', status=1)
        self.assertEqual(self.json('users', 'show', known[1]['email'])['given_name'], known[1]['given_name'])

        # The LMS has them after the next sync, under its own ids.
        self.start('update-users', '--people', 'both')
        report = self.json('sync')
        self.assertEqual((report['applied'], report['waiting'], report['attention']), (3, 0, 0))
        nora = self.json('users', 'show', '0099')
        self.assertGreater(nora['id'], 0)
        self.assertEqual((nora['email'], nora['location'], nora['status']), ('nora@new.example', location, 'pending'))
        self.assertEqual(self.json('users', 'show', 'oskar@new.example')['given_name'], '=Oskar')
        self.assertEqual(self.json('users', 'show', known[1]['email'])['location'], location)
        self.assertEqual(self.json('import', 'show', '2')['outcome'],
                         'Import process completed and 3 users imported successfully.')
        plan = self.check('update-users', text, '--people', 'both')
        self.assertEqual((plan['will'], plan['unmarked']), ([], [2, 3, 4, 5]))

        # What the LMS has already is taken back as far as that goes.
        self.cli('changes', 'undo', 'b2')
        self.cli('sync')
        self.assertEqual(self.json('users', 'show', known[1]['email'])['given_name'], known[1]['given_name'])
        self.assertEqual(self.json('users', 'show', '0099')['status'], 'archived')

    # ---- Download List, corrected and imported again

    def test_list_goes_back(self):
        """T-02: the name and the columns of the list of what was not imported; nothing in it is a formula."""
        code, people = self.course_with_people(2, status='not-started')
        free = [e for e in self.users if e not in self.enrollments(code)][:2]
        self.write('file.csv', 'who;%s;Remarks\n%s;x;=1+1\n%s;1;two\nlines;x;\n;;\nnobody@example.com;x;"three\nfour"\n'
                   % (code, free[0], free[1]))
        self.run_cli('import', 'start', '--action', 'assign', '--map', 'Remarks=', self.path('file.csv'), status=3)
        os.remove(self.path('file.csv'))
        self.cli('import', 'rejects', '1', '--output', self.folder)
        name, = (n for n in os.listdir(self.folder) if n.startswith('Non_Imported_List_'))
        rows = self.read_csv(self.path(name))
        self.assertEqual(rows[0], ['Line', 'Email ID or Employee ID', 'Course', 'Reason', 'Reason Code', 'who', code, 'Remarks'])
        self.assertEqual([row[:2] + row[5:] for row in rows[1:]],
                         [['3', free[1], free[1], '1', 'two'], ['4', 'lines', 'lines', 'x', ''],
                          ['6', 'nobody@example.com', 'nobody@example.com', 'x', 'three\nfour']])
        # Corrected, it is imported as it is: our columns are passed over.
        rows[1][6] = 'x'
        with open(self.path('again.csv'), 'w', encoding='utf-8-sig', newline='') as f:
            csv.writer(f).writerows(rows[:2])
        plan = self.json('import', 'check', '--action', 'assign', '--map', 'Remarks=', self.path('again.csv'))
        self.assertEqual([(i['user'], i['course']) for i in plan['will']], [(free[1], code)])
        # Nothing is left behind.
        self.cli('--yes', 'disconnect')
        self.assertFalse([files for _, _, files in os.walk(self.path('profile')) if any('import' in f for f in files)])

    # ---- what cannot be seen in the sheet

    def test_hidden(self):
        self.cli('users', 'export', '--output', self.path('seen.xlsx'))
        with zipfile.ZipFile(self.path('seen.xlsx')) as seen, zipfile.ZipFile(self.path('hidden.xlsx'), 'w') as hidden:
            for name in seen.namelist():
                text = seen.read(name)
                if name == 'xl/worksheets/sheet1.xml':
                    text, n = re.subn(rb'(<col min="[57]" [^>]*?)(/?>)', rb'\1 hidden="1"\2', text)
                    text, m = re.subn(rb'<row r="3"', rb'<row r="3" hidden="1"', text)
                    self.assertEqual((n, m), (2, 1))
                hidden.writestr(name, text)
        for name, rows, columns in (('seen.xlsx', 0, []), ('hidden.xlsx', 1, ['Role', 'Manager'])):
            with self.subTest(name=name):
                arguments = ('import', 'check', '--action', 'update-users', self.path(name))
                plan = self.json(*arguments, status=(0, 3))
                self.assertEqual((plan['hidden_rows'], plan['hidden_columns']), (rows, columns))
                self.assertGreater(len(plan['unmarked']), 200)
                self.assertEqual('1 line is hidden in the sheet, and is read too · '
                                 'the columns “Role”, “Manager” are hidden in the sheet, and are read too'
                                 in self.cli(*arguments, status=(0, 3)), bool(rows))

    # ---- templates

    def fill_in(self, name, changes):
        """The file as somebody saves it who wrote something into a column."""
        rows = self.read_csv(self.path(name))
        for row in rows[1:]:
            for column, text in changes.items():
                row[column] = text
        with open(self.path(name), 'w', encoding='utf-8-sig', newline='') as f:
            csv.writer(f).writerows(rows)
        return rows

    def test_costs(self):
        """The ledger is of each pool by itself; what was not accessed goes back."""
        course = next(c for c in self.json('courses', 'list') if (c['licenses_available'] or 0) > 2)
        there = self.enrollments(course['code'])
        people = [mail for mail in self.users if mail not in {e['user'] for e in there.values()}][:2]
        self.write('list.csv', 'Email ID,Employee ID,Requirement,Due Date,Message\n'
                   + ''.join('%s,,,,Welcome\n' % mail for mail in people))
        plan = self.json('import', 'check', '--action', 'assign', '--course', course['code'], self.path('list.csv'))
        self.assertEqual(plan['emails'], 2)
        pool, = plan['licenses']
        self.assertEqual((pool['needed'], pool['available'], pool['returned'], pool['used'], pool['left_out']),
                         (2, course['licenses_available'], 0, 0, 0))
        unstarted = next(e['user'] for e in there.values() if e['status'] == 'not-started' and e['user'] in self.users)
        self.write('off.csv', 'Email ID,Employee ID\n%s,\n' % unstarted)
        plan = self.json('import', 'check', '--action', 'unenroll', '--course', course['code'], self.path('off.csv'))
        pool, = plan['licenses']
        self.assertEqual((pool['needed'], pool['returned'], pool['used']), (0, 1, 0))

    def test_template_with_people(self):
        code, _ = self.course_with_people(2, status='not-started')
        enrolled = {e['user'] for e in self.enrollments(code).values()
                    if e['status'] != 'unenrolled' and e['user'] in self.users}
        self.cli('import', 'template', '--action', 'unenroll', '--course', code, '--with-people', '--output', self.path('t.csv'))
        rows = self.fill_in('t.csv', {1: 'x'})
        self.assertEqual(rows[0][0], 'Email ID')
        self.assertTrue(rows[0][1].startswith(code + ' '))
        self.assertLessEqual(enrolled, {row[0] for row in rows[1:]})
        plan = self.json('import', 'check', '--action', 'unenroll', self.path('t.csv'))
        self.assertEqual(len(plan['will']), len(rows) - 1)

        # Due dates, one line a person and course, with what is there now: nothing changes until somebody changes it.
        self.cli('import', 'template', '--action', 'set-due-dates', '--course', code, '--with-people', '--output', self.path('d.csv'))
        rows = self.read_csv(self.path('d.csv'))
        self.assertEqual(rows[0], ['Email ID', 'Employee ID', 'Course', 'Due Date'])
        self.assertEqual({row[2] for row in rows[1:]}, {code})
        plan = self.json('import', 'check', '--action', 'set-due-dates', self.path('d.csv'), status=(0, 3))
        self.assertEqual((plan['will'], plan['not_imported']), ([], []))

        for action, columns in (('update-users', 8), ('add-to-groups', 3), ('assign', 5)):
            with self.subTest(action=action):
                self.cli('import', 'template', '--action', action, '--with-people', '--output', self.path('p.csv'))
                rows = self.read_csv(self.path('p.csv'))
                self.assertEqual(len(rows[0]), columns)
                self.assertLessEqual(set(self.users), {row[0] for row in rows[1:]})

    def test_template_look(self):
        codes = [c['code'] for c in self.json('courses', 'list')[:3]]
        args = [arg for code in codes for arg in ('--course', code)]
        self.cli('import', 'template', '--action', 'unenroll', *args, '--with-people', '--output', self.path('t.xlsx'))
        with zipfile.ZipFile(self.path('t.xlsx')) as book:
            sheet = book.read('xl/worksheets/sheet1.xml').decode()
            styles = book.read('xl/styles.xml').decode()
        self.assertIn('formatCode="@"', styles)
        self.assertRegex(sheet, r'<pane ySplit="1"[^>]*state="frozen"')
        self.assertEqual(sheet.count('<dataValidation '), 3)
        self.assertRegex(sheet, r'sqref="D2:D1048576"')
        self.assertRegex(sheet, r'<col min="1" max="1" width="3\d')
        self.assertNotRegex(sheet, r'<f>')

    def convert(self, office, name, kind):
        """As LibreOffice saves it."""
        subprocess.run([office, '-env:UserInstallation=file://' + self.path('home'), '--headless', '--convert-to', kind,
                        '--outdir', self.path('saved'), self.path(name)], check=True, capture_output=True, timeout=120)
        return os.path.join('saved', os.path.splitext(name)[0] + '.' + kind)

    def test_template_in_libreoffice(self):
        """SPEC T-18: the template of three courses, filled in and saved there; read back from both formats."""
        office = shutil.which('soffice') or shutil.which('libreoffice')
        if not office:
            self.skipTest('LibreOffice is not installed')
        code, _ = self.course_with_people(4, status='not-started')
        others = [course['code'] for course in self.json('courses', 'list') if course['code'] != code][:2]
        args = [arg for course in [code] + others for arg in ('--course', course)]
        enrolled = {e['user'] for e in self.enrollments(code).values() if e['status'] == 'not-started' and e['user'] in self.users}
        self.cli('import', 'template', '--action', 'unenroll', *args, '--with-people', '--output', self.path('t.xlsx'))
        rows = self.read_csv(self.path(self.convert(office, 't.xlsx', 'csv')))
        self.assertEqual(rows[0][0], 'Email ID')
        self.assertEqual([heading.split()[0] for heading in rows[0][1:]], [code] + others)
        marks = iter(('x', 'X', ' x ', '1'))
        lines = {}
        for number, row in enumerate(rows[1:], 2):
            mark = next(marks, '') if row[0] in enrolled else ''
            row[1:] = [mark, '', '']
            if mark:
                lines[mark] = number
        with open(self.path('filled.csv'), 'w', encoding='utf-8', newline='') as f:
            csv.writer(f).writerows(rows)
        for name in ('filled.csv', self.convert(office, 'filled.csv', 'xlsx')):
            with self.subTest(file=name):
                plan = self.json('import', 'check', '--action', 'unenroll', self.path(name), status=3)
                self.assertEqual([item['line'] for item in plan['will']], [lines['x'], lines['X'], lines[' x ']])
                self.assertEqual([(item['line'], item['code']) for item in plan['not_imported']], [(lines['1'], 'mark-unknown')])

    def test_template_refused(self):
        for args in (('--action', 'unenroll', '--output', 't.foo'), ('--action', 'nonsense', '--output', 't.csv'),
                     ('--action', 'unenroll', '--with-people', '--output', self.path('t.csv'))):
            with self.subTest(args=args):
                self.run_cli('import', 'template', *args, status=2)

    def test_usage(self):
        self.write('file.csv', 'Email ID,Employee ID,Groups\n')
        self.run_cli('import', 'check', '--action', 'add-to-groups', '--empty', 'maybe', self.path('file.csv'), status=2)
        self.run_cli('import', 'check', '--action', 'add-users', '--people', 'all', self.path('file.csv'), status=2)
        self.run_cli('import', 'check', '--action', 'add-to-groups', self.path('file.csv'), status=1)


if __name__ == '__main__':
    cli_case.main(sys.argv)
