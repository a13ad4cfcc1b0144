#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of another system: headings mapped, remembered by a name and read again by it; lines corrected without touching
the file; a start that looks wrong is held until its number is given.

    test-recipes.py REGISTRAR-CLI REGISTRAR-SANDBOX MAKE-ROSTER
"""
import sys

import cli_case
from cli_case import CliCase

HR = ('Staff list,,\n,,\nStaff No.,E-mail,Shoe size\n')
MAP = ('--map', 'E-mail=Email ID', '--map', '[A]=Employee ID', '--map', 'Shoe size=',
       '--map', '=Requirement', '--map', '=Due Date', '--map', '=Message')


class Recipes(CliCase):
    def setUp(self):
        super().setUp()
        self.lms = self.sandbox('--seed', 'demo')
        self.connect(self.lms)
        self.users = self.json('users', 'list', '--status', 'active')
        courses = self.json('courses', 'list')
        taken = {}
        for course in courses:
            taken[course['code']] = {e['user'] for e in self.json('enrollments', 'list', '--course', course['code'])}
        self.course = min(taken, key=lambda code: len(taken[code]))
        self.free = [u for u in self.users if u['email'] not in taken[self.course]]

    def check(self, *args, status=0):
        plan = self.json('import', 'check', '--course', self.course, *args, self.path('file.csv'), status=status)
        self.assert_conserved(plan)
        return plan

    def test_recipe(self):
        people = self.free[:2]
        self.write('file.csv', HR + ''.join(',%s,44\n' % u['email'] for u in people))
        self.run_cli('import', 'check', '--action', 'assign', '--course', self.course, self.path('file.csv'), status=1)
        plan = self.check('--action', 'assign', *MAP, '--remember', 'HR: monthly')
        self.assertEqual([i['user'] for i in plan['will']], [u['email'] for u in people])
        self.assertEqual(plan['heading_line'], 3)
        self.assertEqual([r['name'] for r in self.json('import', 'recipes', 'list')], ['HR: monthly'])
        # Next month, by its name alone: the action, the courses and the columns are the recipe's.
        self.write('file.csv', HR[HR.index('Staff No'):] + ',%s,40\n' % self.free[2]['email'])
        plan = self.json('import', 'check', '--recipe', 'HR: monthly', self.path('file.csv'))
        self.assertEqual([(i['user'], i['course']) for i in plan['will']], [(self.free[2]['email'], self.course)])
        self.cli('import', 'recipes', 'rename', 'HR: monthly', 'HR')
        self.assertEqual([r['name'] for r in self.json('import', 'recipes', 'list')], ['HR'])
        self.run_cli('import', 'check', '--recipe', 'HR: monthly', self.path('file.csv'), status=2)
        self.cli('import', 'recipes', 'remove', 'HR')
        self.assertEqual(self.json('import', 'recipes', 'list'), [])
        self.run_cli('import', 'recipes', 'remove', 'HR', status=2)
        self.run_cli('import', 'recipes', 'forget', status=2)

    def differences(self, run):
        return sorted((d['difference'], d['identifier'], d['known']) for d in self.json('import', 'compare', str(run)))

    def start(self, name, text, *args):
        self.write(name, text)
        self.cli('import', 'start', *args, self.path(name), status=(0, 3))

    def test_compare(self):
        """What two files of one recipe say, whatever was sent: columns may move, names may be new."""
        a, b, c, d = [u['email'] for u in self.free[:4]]
        text = 'Staff No.,E-mail,Shoe size\n'
        self.write('file.csv', text + ',%s,44\n,%s,40\n,%s,38\n' % (a, b, c))
        self.cli('import', 'start', '--action', 'assign', '--course', self.course, *MAP, '--remember', 'HR', self.path('file.csv'))
        self.assertEqual(self.differences(1), [])
        self.assertIn('no import of this kind', self.say('import', 'compare', '1'))
        # another kind of file between the two does not matter
        self.start('other.csv', 'Email ID,Employee ID,Requirement,Due Date,Message\n%s,,,,\n' % a, '--action', 'assign', '--course', self.course)
        self.start('march.csv', text + ',%s,45\n,%s,40\n,%s,36\n,nobody@nowhere.example,1\n' % (d, b, a.upper()), '--recipe', 'HR')
        self.assertEqual(self.differences(3), sorted([('new', d, True), ('new', 'nobody@nowhere.example', False), ('gone', c, True),
                                                      ('changed', a.upper(), True)]))
        self.assertIn('“file.csv”', self.say('import', 'compare', '3'))
        self.start('april.csv', 'E-mail,Shoe size,Staff No.\n%s,45,\n%s,40,\n%s,36,\nnobody@nowhere.example,1,\n' % (d, b, a.upper()),
                   '--recipe', 'HR', '--map', 'Staff No.=Employee ID', '--map', 'E-mail=Email ID', '--map', 'Shoe size=',
                   '--map', '=Requirement', '--map', '=Due Date', '--map', '=Message')
        self.assertEqual(self.differences(4), [])
        # what is chosen for somebody is part of it: of those it was true of, and of them alone
        self.start('may.csv', text + ',%s,45\n,%s,40\n,%s,36\n,nobody@nowhere.example,1\n' % (d, b, a), '--recipe', 'HR', '--instead', '3:reassign')
        rows = self.json('import', 'compare', '5')
        self.assertEqual([(r['difference'], r['identifier'], r['instead']) for r in rows if r['identifier'] == b], [('changed', b, 'reassign')])
        self.start('june.csv', text + ',%s,45\n,%s,40\n,%s,36\n,nobody@nowhere.example,1\n' % (d, b, a), '--recipe', 'HR', '--instead', 'reassign')
        self.assertEqual(sorted((r['identifier'], r['instead']) for r in self.json('import', 'compare', '6')), sorted([(a, 'reassign'), (d, 'reassign')]))
        self.run_cli('import', 'compare', '99', status=1)
        self.run_cli('import', 'compare', status=2)

    def test_a_name_is_not_written_over(self):
        self.write('file.csv', HR + ',%s,44\n' % self.free[0]['email'])
        for name in ('one', 'two'):
            self.check('--action', 'assign', *MAP, '--remember', name)
        self.assertIn('already', self.say('import', 'recipes', 'rename', 'one', 'two', status=1))
        self.assertIn('kind of file', self.say('import', 'recipes', 'rename', 'one', 'moodle-users', status=1))
        self.assertEqual([r['name'] for r in self.json('import', 'recipes', 'list')], ['one', 'two'])

    def test_corrections(self):
        a, b, c = self.free[:3]
        self.write('file.csv', 'Email ID,Employee ID,Requirement,Due Date,Message\n'
                   'x%s,,,3/4/2031,\n%s,,must,,\nnobody@nowhere.example,,,,\n' % (a['email'], b['email']))
        self.check('--action', 'assign', status=3)
        plan = self.check('--action', 'assign', '--set', 'A2=' + a['email'], '--set', 'c3=Required', '--dates', 'day-first',
                          '--leave-out', '4')
        self.assertEqual([i['line'] for i in plan['will']], [2, 3])
        self.assertEqual(plan['left_out'], [4])
        for wrong in (('--set', 'A=x'), ('--set', '17=x'), ('--set', 'A0=x'), ('--set', 'A2'), ('--set', 'XFE2=x'), ('--leave-out', 'x'),
                      ('--dates', 'european')):
            self.run_cli('import', 'check', '--action', 'assign', '--course', self.course, *wrong, self.path('file.csv'),
                         status=2)
        self.run_cli('import', 'start', '--action', 'assign', '--course', self.course, '--set', 'A2=' + a['email'],
                     '--set', 'C3=Required', '--dates', 'day-first', '--leave-out', '4', self.path('file.csv'))
        self.assertEqual(self.json('sync')['applied'], 2)
        now = {e['user']: e for e in self.json('enrollments', 'list', '--course', self.course)}
        self.assertEqual(now[a['email']]['due_date'], '2031-04-03')
        self.assertEqual(now[b['email']]['requirement'], 'required')

    def test_instead(self):
        code = self.course
        inside = [e for e in self.json('enrollments', 'list', '--course', code) if e['status'] != 'completed'
                  and e['user'] and e.get('access', 'active') == 'active'][0]
        self.write('file.csv', 'Email ID,Employee ID,Requirement,Due Date,Message\n%s,,,,\n%s,,,,\n'
                   % (inside['user'], self.free[0]['email']))
        plan = self.check('--action', 'assign', status=3)
        self.assertEqual([c['code'] for c in plan['cannot']], ['already-assigned'])
        plan = self.check('--action', 'assign', '--instead', '2:reassign')
        self.assertIn('1 user will be reassigned', plan['summary'])
        self.assertEqual(plan['will'][0]['changes'][0], {'field': 'operation', 'before': 'Assign Course', 'after': 'Reassign'})
        for wrong in ('assing', 'x:reassign', 'reassign=everything', '0:reassign'):
            self.run_cli('import', 'check', '--action', 'assign', '--course', code, '--instead', wrong,
                         self.path('file.csv'), status=2)
        start = ('import', 'start', '--action', 'assign', '--course', code, self.path('file.csv'), '--instead')
        self.assertIn('--confirm 2', self.say(*start, 'reassign=remove_records', status=1))
        self.run_cli(*start, 'reassign')
        self.assertEqual(self.json('sync')['applied'], 2)

    def test_breaker(self):
        self.write('file.csv', 'Email ID,Employee ID,Requirement,Due Date,Message\n%s,,,,\n' % self.free[0]['email']
                   + ''.join('nobody%d@nowhere.example,,,,\n' % i for i in range(30)))
        start = ('import', 'start', '--action', 'assign', '--course', self.course, self.path('file.csv'))
        held = self.say(*start, status=1)
        self.assertIn('30 lines name somebody', held)
        self.assertIn('--confirm 1', held)
        self.assertEqual(self.json('changes', 'list'), [])
        self.run_cli(*start, '--confirm', '31', status=1)
        self.run_cli(*start, '--confirm', '1', status=3)
        self.assertEqual(len(self.json('changes', 'list')), 1)

    def test_refused(self):
        for name, text, words in (('list.pdf', '%PDF-1.4\n', 'PDF'), ('list.xls', '<html><table>', 'web page'),
                                  ('list.csv', '', 'The file is empty.')):
            self.write(name, text)
            said = self.say('import', 'check', '--action', 'assign', '--course', self.course, self.path(name), status=1)
            self.assertIn(words, said)
        said = self.say('import', 'check', '--action', 'assign', '--course', self.course, self.path('gone.csv'), status=1)
        self.assertIn('The file is not there any more', said)
        said = self.say('import', 'check', '--action', 'assign', '--course', self.course, self.path('.'), status=1)
        self.assertIn('This is a folder', said)


if __name__ == '__main__':
    cli_case.main(sys.argv)
