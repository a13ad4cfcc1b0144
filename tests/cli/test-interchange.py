#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that Moodle, Canvas and OneRoster exchange: known by what they are, checked, queued as one step, sent.

    test-interchange.py REGISTRAR-CLI REGISTRAR-SANDBOX MAKE-ROSTER
"""
import csv
import os
import sys
import zipfile

import cli_case
from cli_case import CliCase


class Interchange(CliCase):
    def setUp(self):
        super().setUp()
        self.lms = self.sandbox('--seed', 'demo')
        self.connect(self.lms)
        self.users = [u for u in self.json('users', 'list', '--status', 'active') if u['employee_id']]
        self.courses = [c for c in self.json('courses', 'list') if c['licenses_available'] is None][:3]

    def check(self, name, recipe, *args, status=(0, 3)):
        """The same with the recipe and without: the file says what it is."""
        answer = self.json('import', 'check', '--recipe', recipe, *args, self.path(name), status=status)
        self.assertEqual(self.json('import', 'check', *args, self.path(name), status=status), answer)
        self.assertEqual(answer['recipe'], recipe)
        return {step['action']: step for step in answer['steps']}

    def outsider(self, course):
        """Somebody who is not in the course."""
        there = {e['user'] for e in self.json('enrollments', 'list', '--course', course['code'])}
        return next(u for u in self.users if u['email'] not in there)

    def insider(self, course):
        there = {e['user']: e for e in self.json('enrollments', 'list', '--course', course['code'])}
        return next(u for u in self.users if u['email'] in there and there[u['email']]['status'] != 'unenrolled')

    def status_of(self, user, course):
        return next((e['status'] for e in self.json('enrollments', 'list', '--course', course['code'])
                     if e['user'] == user or e['employee_id'] == user), None)

    def test_moodle(self):
        one, two = self.courses[:2]
        known, gone = self.outsider(one), self.insider(two)
        self.write('upload.csv',
                   'username,firstname,lastname,email,idnumber,password,course1,role1,enrolstatus1,course2,role2,deleted,suspended\n'
                   'nora,Nora,Nye,nora@new.example,N-1,secret,%s,student,,%s,,,\n'
                   '%s,%s,%s,%s,%s,,%s,,,,,,\n'
                   '%s,,,,,,%s,student,1,,,,\n'
                   'boss,Bo,Ss,boss@new.example,,,%s,editingteacher,,,,,\n'
                   'old,Old,One,old@new.example,,,,,,,,1,\n'
                   'nobody,No,Body,,,,,,,,,,\n'
                   'last,La,St,last@new.example,,,NOPE,,,,,,1\n'
                   % (one['code'], two['code'], known['email'], known['given_name'], known['family_name'], known['email'],
                      known['employee_id'], one['code'], gone['email'], two['code'], one['code']))
        steps = self.check('upload.csv', 'moodle-users', status=3)
        self.assertEqual(self.json('import', 'check', self.path('upload.csv'), status=3)['unused'],
                         [{'file': 'upload.csv', 'read': True, 'columns': ['password']}])
        self.assertIn('Not used of upload.csv: password.', self.say('import', 'check', self.path('upload.csv'), status=3))
        people = steps['update-users']
        self.assertEqual([(i['line'], i['user'], i.get('new')) for i in people['will']],
                         [(2, 'nora@new.example', True), (5, 'boss@new.example', True)])
        self.assertEqual([(r['line'], r['code']) for r in people['not_imported']],
                         [(6, 'operation-unsupported'), (7, 'operation-unsupported'), (8, 'operation-unsupported')])
        self.assertEqual([(i['line'], i['user'], i['course']) for i in steps['assign']['will']],
                         [(2, 'nora@new.example', one['code']), (2, 'nora@new.example', two['code']),
                          (3, known['email'], one['code'])])
        self.assertIn('editingteacher', steps['assign']['not_imported'][0]['reason'])
        self.assertEqual([(i['line'], i['user'], i['course']) for i in steps['unenroll']['will']],
                         [(4, gone['email'], two['code'])])

        # One step, one undo; then sent, and the new person is in the courses under the id the LMS gave.
        self.cli('import', 'start', '--recipe', 'moodle-users', self.path('upload.csv'), status=3)
        self.assertEqual({c['batch'] for c in self.json('changes', 'list')}, {1})
        self.cli('changes', 'undo', '--last')
        self.assertEqual(self.json('changes', 'list'), [])
        self.cli('import', 'start', self.path('upload.csv'), status=3)
        report = self.json('sync')
        self.assertEqual((report['applied'], report['waiting'], report['attention']), (6, 0, 0))
        self.assertEqual([self.status_of('nora@new.example', c) for c in (one, two)], ['not-started'] * 2)
        self.assertEqual(self.status_of(gone['email'], two), 'unenrolled')
        self.assertGreater(self.json('users', 'show', 'N-1')['id'], 0)
        run = self.json('import', 'show', '2')
        self.assertEqual((run['action'], run['state'], run['not_imported'], run['rejects']), ('moodle-users', 'finished', 3, 4))

    def test_canvas_users(self):
        known = self.users[0]
        self.write('users.csv',
                   'user_id,login_id,first_name,last_name,full_name,email,status\n'
                   'C-1,carl,,,Carl Friedrich Gauß,carl@new.example,active\n'
                   '%s,%s,%s,%s,,,active\n'
                   'C-3,gone@new.example,Go,Ne,,,deleted\n' % (known['employee_id'], known['email'], known['given_name'] + 'x',
                                                              known['family_name']))
        step, = self.check('users.csv', 'canvas-users', status=3).values()
        self.assertEqual([i['line'] for i in step['will']], [2, 3])
        self.assertEqual({c['field']: c['after'] for c in step['will'][0]['changes']},
                         {'email': 'carl@new.example', 'employee_id': 'C-1', 'given_name': 'Carl Friedrich', 'family_name': 'Gauß'})
        self.assertEqual([(c['field'], c['after']) for c in step['will'][1]['changes']], [('given_name', known['given_name'] + 'x')])
        self.assertEqual([r['identifier'] for r in step['not_imported']], ['C-3'])

    def test_canvas_enrollments(self):
        one, two = self.courses[:2]
        new, old = self.outsider(one), self.insider(two)
        self.write('enrollments.csv', 'course_id,user_id,role,section_id,status\n'
                   '%s,%s,student,,active\n%s,%s,student,,deleted\n%s,%s,teacher,,active\n%s,%s,student,,completed\n%s,NOBODY,student,,active\n'
                   % (one['code'], new['employee_id'], two['code'], old['employee_id'], one['code'], new['employee_id'],
                      two['code'], old['employee_id'], one['code']))
        steps = self.check('enrollments.csv', 'canvas-enrollments', status=3)
        self.assertEqual([(i['line'], i['user'], i['course']) for i in steps['assign']['will']], [(2, new['email'], one['code'])])
        self.assertEqual([(i['line'], i['user'], i['course']) for i in steps['unenroll']['will']], [(3, old['email'], two['code'])])
        self.assertEqual([(r['line'], r['code']) for r in steps['assign']['not_imported']],
                         [(4, 'operation-unsupported'), (5, 'operation-unsupported'), (6, 'user-unknown')])

    def test_moved_section(self):
        """Deleted in one section and active in another is no reason to lose the course; lines are named as they stand."""
        one, two = self.courses[:2]
        there, new = self.insider(one), self.outsider(two)
        self.write('enrollments.csv', 'course_id,user_id,role,section_id,status\n'
                   '%s,%s,teacher,S0,active\n%s,%s,student,S1,deleted\n\n%s,%s,student,S2,active\n'
                   '%s,%s,student,S1,active\n%s,%s,student,S2,deleted\n%s,%s,student,S3,active\n'
                   % ((one['code'], there['employee_id']) * 3 + (two['code'], new['employee_id']) * 3))
        steps = self.check('enrollments.csv', 'canvas-enrollments', status=3)
        told = [(r['line'], r['code'], r['reason']) for r in steps['assign']['not_imported']]
        self.assertEqual(told[1:], [(5, 'lines-contradict', 'Conflicts with line 3'), (6, 'lines-contradict', 'Conflicts with line 7'),
                                    (8, 'user-duplicate-line', 'Same user as line 6.')])
        self.assertEqual([(r['line'], r['code'], r['reason']) for r in steps['unenroll']['not_imported']],
                         [(3, 'lines-contradict', 'Conflicts with line 5'), (7, 'lines-contradict', 'Conflicts with line 6')])
        for step in steps.values():
            self.assertEqual((step['will'], step['cannot']), ([], []))
            self.assert_conserved(step)
        # without the other lines it is clear what is meant
        keep = self.json('import', 'check', '--leave-out', '3', '--leave-out', '7', self.path('enrollments.csv'), status=3)
        steps = {step['action']: step for step in keep['steps']}
        self.assertEqual([(i['line'], i['user']) for i in steps['assign']['will']], [(6, new['email'])])
        self.assertEqual(steps['assign']['left_out'], [3, 7])

    def test_nothing_done(self):
        """A file, or a step of it, of which nothing is done from a file is told line by line all the same."""
        one = self.courses[0]
        known = self.outsider(one)
        self.write('users.csv', 'user_id,login_id,first_name,last_name,email,status\nC-3,gone@new.example,Go,Ne,,deleted\n')
        step, = self.check('users.csv', 'canvas-users', status=3).values()
        self.assertEqual([(r['line'], r['code']) for r in step['not_imported']], [(2, 'operation-unsupported')])
        self.write('upload.csv', 'username,firstname,lastname,email,course1,role1\n'
                   '%s,%s,Newname,%s,%s,editingteacher\n' % (known['email'], known['given_name'], known['email'], one['code']))
        steps = self.check('upload.csv', 'moodle-users', status=3)
        self.assertEqual([i['line'] for i in steps['update-users']['will']], [2])
        self.assertEqual([(r['line'], r['code']) for r in steps['assign']['not_imported']], [(2, 'operation-unsupported')])

    def roster(self, name, **members):
        with zipfile.ZipFile(self.path(name), 'w', zipfile.ZIP_DEFLATED) as z:
            z.writestr('manifest.csv', 'propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,bulk\n')
            for member, text in members.items():
                z.writestr(member + '.csv', text)

    def test_oneroster(self):
        one = self.courses[0]
        known, old = self.outsider(one), self.insider(one)
        self.roster('roster.zip',
                    users='sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email\n'
                          'u1,,,true,olga,,Olga,Ost,,O-1,olga@new.example\n'
                          'u2,,,true,x,,%s,%s,,%s,%s\n'
                          'u3,tobedeleted,,true,y,,Why,Y,,O-3,y@new.example\n'
                          'u4,,,true,z,,%s,%s,,%s,%s\n' % (known['given_name'], known['family_name'], known['employee_id'], known['email'],
                                                          old['given_name'], old['family_name'], old['employee_id'], old['email']),
                    classes='sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType\n'
                            'k1,,,Whatever,,c1,%s,scheduled\n' % one['code'],
                    enrollments='sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary\n'
                                'e1,,,k1,s,u1,student,\ne2,active,,k1,s,u2,student,\ne3,,,k1,s,u2,teacher,\n'
                                'e4,tobedeleted,,k1,s,u4,student,\ne5,,,k9,s,u1,student,\n')
        steps = self.check('roster.zip', 'oneroster', status=3)
        self.assertEqual([(i['line'], i['user']) for i in steps['update-users']['will']], [(2, 'olga@new.example')])
        self.assertEqual([i['user'] for i in steps['assign']['will']], ['olga@new.example', known['email']])
        self.assertEqual([(r['line'], r['code']) for r in steps['assign']['not_imported']],
                         [(4, 'operation-unsupported'), (6, 'course-unknown')])
        self.assertEqual([i['user'] for i in steps['unenroll']['will']], [old['email']])
        self.assertEqual({s['file'] for s in steps.values()}, {'users.csv', 'enrollments.csv'})
        self.cli('import', 'start', self.path('roster.zip'), status=3)
        self.assertEqual(self.json('sync')['applied'], 4)
        self.assertEqual(self.status_of('olga@new.example', one), 'not-started')
        self.cli('import', 'rejects', '1', '--output', self.folder)
        self.assertEqual([(u['file'], u['columns']) for u in self.json('import', 'check', self.path('roster.zip'), status=3)['unused']],
                         [('users.csv', ['dateLastModified', 'userIds', 'middleName']),
                          ('classes.csv', ['status', 'dateLastModified', 'grades', 'courseSourcedId', 'classType']),
                          ('enrollments.csv', ['sourcedId', 'dateLastModified', 'schoolSourcedId', 'primary'])])

    def pack(self, name, members):
        with zipfile.ZipFile(self.path(name), 'w', zipfile.ZIP_DEFLATED) as z:
            for member, text in members:
                z.writestr(member, text)
        return self.path(name)

    def test_packed_folder(self):
        """An export as "Compress" makes it of a folder, on macOS or Windows, and without its manifest."""
        users = '\ufeffsourcedId,status,enabledUser,username,givenName,familyName,email\r\nu1,,true,olga,Olga,Ost,olga@new.example\r\n'
        enrollments = 'sourcedId,status,classSourcedId,userSourcedId,role\ne1,,k1,u1,student\n'
        classes = 'sourcedId,title,classCode\nk1,Whatever,%s\n' % self.courses[0]['code']
        rest = [('My Export/', ''), ('My Export/Users.CSV', users), ('My Export/classes.csv', classes),
                ('My Export/enrollments.csv', enrollments)]
        litter = [('__MACOSX/My Export/._Users.CSV', b'\0\5\x16\7'), ('__MACOSX/My Export/._manifest.csv', b'\0\5\x16\7'),
                  ('My Export/.DS_Store', b'\0\0\0\1Bud1'), ('My Export/orgs.csv', 'sourcedId,name\n'), ('My Export/Thumbs.db', b'x')]
        manifest = [('My Export/Manifest.csv', 'propertyName,value\noneroster.version,1.2\n')]

        self.pack('folder.zip', manifest + rest + litter)
        steps = self.check('folder.zip', 'oneroster', status=0)
        self.assertEqual([i['user'] for i in steps['update-users']['will'] + steps['assign']['will']], ['olga@new.example'] * 2)
        self.assertEqual({s['file'] for s in steps.values()}, {'users.csv', 'enrollments.csv'})
        answer = self.json('import', 'check', self.path('folder.zip'))
        self.assertEqual([u['file'] for u in answer['unused'] if not u['read']], ['my export/orgs.csv'])
        self.assertNotIn('note', answer)

        self.pack('bare.zip', rest + litter)
        self.assertEqual(self.check('bare.zip', 'oneroster', status=0), steps)
        self.assertIn('no manifest.csv', self.json('import', 'check', self.path('bare.zip'))['note'])
        self.assertIn('no manifest.csv', self.say('import', 'check', self.path('bare.zip')))
        # .NET of old separates with backslashes; nothing is unpacked, so a path cannot lead anywhere.
        for folder in 'My Export\\', '../../', '/etc/', 'C:\\':
            self.pack('odd.zip', [(name.replace('My Export/', folder), text) for name, text in rest[1:]])
            self.assertEqual(self.check('odd.zip', 'oneroster', status=0), steps)
        self.assertFalse(os.path.exists(os.path.join(self.folder, '..', '..', 'users.csv')))

        # Which files are meant must be clear.
        for extra in ('old/users.csv', users), ('USERS.csv', users), ('My Export/users.csv', users):
            said = self.say('import', 'check', self.pack('twice.zip', manifest + rest + [extra]), status=1)
            self.assertIn('“my export/users.csv”', said)
            self.assertIn('“%s”' % extra[0].lower(), said)
            self.assertIn('into one folder', said)
        said = self.say('import', 'check', self.pack('apart.zip', [('a/users.csv', users), ('b/enrollments.csv', enrollments)]), status=1)
        self.assertIn('“a/users.csv” and “b/enrollments.csv”', said)
        # Canvas's files have the same names, and so may anybody's.
        for other in 'user_id,login_id,status\nX,x,active\n', '', '"', '\0' * 40000, 'sourcedId,' * 5000:
            self.run_cli('import', 'check', self.pack('other.zip', [('users.csv', other), ('enrollments.csv', enrollments)]), status=2)
        self.assertIn('empty', self.say('import', 'check', self.pack('empty.zip', manifest + [('users.csv', '')]), status=1))
        self.assertEqual(self.json('changes', 'list'), [])

    def test_corrections(self):
        """Cells of the file itself are corrected, and the file is there to be corrected later."""
        one = self.courses[0]
        self.write('upload.csv', 'username,firstname,lastname,email,course1\n'
                   'nora,Nora,Nye,nora-at-new.example,%s\nolaf,Olaf,Oz,olaf@new.example,NOPE\nzoe,Zoe,Zz,zoe@new.example,%s\n'
                   % (one['code'], one['code']))
        steps = self.check('upload.csv', 'moodle-users', '--set', 'D2=nora@new.example', '--leave-out', '4', status=3)
        self.assertEqual([i['user'] for i in steps['update-users']['will']], ['nora@new.example', 'olaf@new.example'])
        self.assertEqual(steps['update-users']['left_out'], [4])
        self.assertEqual([r['line'] for r in steps['assign']['not_imported']], [3])
        self.cli('import', 'start', self.path('upload.csv'), '--set', 'D2=nora@new.example', status=3)
        self.cli('import', 'rejects', '1', '--output', self.folder)
        text = open(next(os.path.join(self.folder, f) for f in os.listdir(self.folder) if f.startswith('Non_Imported')), 'rb').read().decode()
        self.assertIn('username,firstname,lastname,email,course1', text)
        self.assertIn('olaf,Olaf,Oz,olaf@new.example,NOPE', text)

    def test_enrollments_go_round(self):
        """What was exported and not touched changes nothing; what was touched alone does."""
        course = self.courses[0]
        rows = self.json('enrollments', 'list', '--course', course['code'])
        for ending in ('xlsx', 'csv'):
            name = 'enrolled.' + ending
            self.cli('enrollments', 'export', '--course', course['code'], '--output', self.path(name))
            plan = self.json('import', 'check', '--action', 'set-due-dates', self.path(name), status=(0, 3))
            self.assertEqual((plan['lines_read'], plan['will']), (len(rows), []))
            self.assertLessEqual({r['code'] for r in plan['not_imported']}, {'user-archived', 'user-deactivated'})
            # who was unenrolled would be enrolled again
            self.cli('enrollments', 'export', '--course', course['code'], '--access', 'active', '--output', self.path(name))
            plan = self.json('import', 'check', '--action', 'assign', self.path(name), status=(0, 3))
            self.assertEqual(plan['will'], [])
        lines = open(self.path('enrolled.csv'), encoding='utf-8-sig').read().splitlines()
        self.assertEqual(lines[0].split(',')[:6], ['Email ID', 'Employee ID', 'Course', 'Requirement', 'Due Date', 'Message'])
        self.assertEqual(lines[0].split(',')[-2:], ['Product', 'Subscription Ends'])
        self.cli('enrollments', 'export', '--course', 'LANG-310', '--output', self.path('products.csv'))
        with open(self.path('products.csv'), encoding='utf-8-sig') as file:
            products = {line['Email ID']: (line['Product'], line['Subscription Ends']) for line in csv.DictReader(file)}
        self.assertEqual(products, {r['user']: (r['product'], r['subscription_end'])
                                    for r in self.json('enrollments', 'list', '--course', 'LANG-310')})
        who = next(r for r in rows if r['status'] in ('not-started', 'started', 'in-progress'))
        at = next(i for i, line in enumerate(lines) if line.startswith(who['user'] + ','))
        cells = lines[at].split(',')
        cells[4] = '2031-05-06'
        lines[at] = ','.join(cells)
        self.write('touched.csv', '\n'.join(lines) + '\n')
        plan = self.json('import', 'check', '--action', 'set-due-dates', self.path('touched.csv'), status=(0, 3))
        self.assertEqual([i['user'] for i in plan['will']], [who['user']])
        self.run_cli('enrollments', 'export', '--course', course['code'], status=2)
        self.run_cli('enrollments', 'export', '--course', course['code'], '--output', self.path('x.pdf'), status=2)

    def test_named_to_the_person(self):
        self.write('upload.csv', 'username,firstname,lastname,email\nnora,Nora,Nye,nora@new.example\n')
        err = self.say('import', 'check', '--action', 'assign', '--course', self.courses[0]['code'], self.path('upload.csv'), status=1)
        self.assertIn('--recipe moodle-users', err)
        self.assertIn('Moodle', self.say('import', 'check', self.path('upload.csv')))
        # what it does is not what an action of ours does, and no recipe of ours reads it
        for wrong in (('--action', 'unenroll', '--recipe', 'moodle-users'), ('--recipe', 'moodle-users', '--remember', 'ours'),
                      ('--remember', 'ours')):
            self.assertIn('neither --action nor --remember',
                          self.say('import', 'start', *wrong, self.path('upload.csv'), status=2))
        self.assertEqual(self.json('changes', 'list'), [])

    def test_refused(self):
        self.roster('empty.zip')
        self.assertIn('users.csv', self.say('import', 'check', '--recipe', 'oneroster', self.path('empty.zip'), status=1))
        with zipfile.ZipFile(self.path('other.zip'), 'w') as z:
            z.writestr('readme.txt', 'hello')
        self.run_cli('import', 'check', self.path('other.zip'), status=2)
        self.write('upload.csv', 'username,email\n')
        self.run_cli('import', 'check', '--recipe', 'moodle-users', self.path('upload.csv'), status=1)
        self.write('cut.zip', b'PK\x03\x04' + bytes(40))
        self.run_cli('import', 'check', '--recipe', 'oneroster', self.path('cut.zip'), status=1)
        self.assertEqual(self.json('changes', 'list'), [])


if __name__ == '__main__':
    cli_case.main(sys.argv)
