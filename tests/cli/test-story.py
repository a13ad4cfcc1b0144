#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job from end to end: a roster is imported offline, and the LMS has it after the next sync.

    test-story.py REGISTRAR-CLI REGISTRAR-SANDBOX MAKE-ROSTER
"""
import os
import sys

import cli_case
from cli_case import CliCase


class Story(CliCase):
    def test_import(self):
        people = self.make('roster', 'people.csv', '--rows', '400')
        expect = self.make('enrolments', 'marks.xlsx', '--rows', '400', '--courses', '8', '--error-rate', '0.3',
                           expect='marks.json')
        self.assertGreater(len(expect['rejects']), 50)
        sandbox = self.sandbox('--people', people, '--courses', '8')
        self.connect(sandbox)

        # The template has the courses that were asked for.
        self.cli('import', 'template', '--action', 'assign', '--course', 'C001', '--course', 'C002', '--output',
                 self.path('template.csv'))
        self.assertEqual(self.read_csv(self.path('template.csv')),
                         [['Email ID', 'C001 Induction', 'C002 Fire safety']])

        # The check tells every line and changes nothing.
        plan = self.json('import', 'check', '--action', 'assign', self.path('marks.xlsx'), status=3)
        self.assert_plan(plan, expect)
        self.assertEqual((plan['action'], plan['file'], plan['sheet'], plan['encoding'], plan['delimiter']),
                         ('assign', 'marks.xlsx', 'Roster', None, None))
        self.assertEqual(self.json('changes', 'list'), [])

        # Start queues exactly that, as one step; the lists show it at once.
        out, err = self.run_cli('import', 'start', '--action', 'assign', self.path('marks.xlsx'), status=3)
        self.assertIn(plan['summary'], out)
        self.assertIn('Nothing is sent to the LMS until you sync.', err)
        changes = self.json('changes', 'list')
        self.assertEqual(sorted((c['user'], c['course']) for c in changes),
                         sorted((i['user'], i['course']) for i in plan['will']))
        self.assertEqual({c['batch'] for c in changes}, {1})
        self.assertEqual({c['state'] for c in changes}, {'pending'})
        self.assertEqual(sandbox.log(), [])
        waiting = self.json('enrollments', 'list', '--course', 'C001', '--waiting')
        self.assertEqual(len(waiting), sum(i['course'] == 'C001' for i in plan['will']))

        # One is taken back, the rest goes.
        undone = changes[7]
        self.cli('changes', 'undo', str(undone['id']))
        run = self.json('import', 'show', '1')
        self.assertEqual((run['state'], run['waiting']), ('staged', len(changes) - 1))
        report = self.json('sync')
        self.assertEqual((report['applied'], report['waiting'], report['attention']), (len(changes) - 1, 0, 0))
        log = sandbox.log()
        self.assertEqual(len(log), len(changes) - 1)
        self.assertEqual({(o['outcome'], o['received'], o['applied']) for o in log}, {('applied', 1, 1)})
        self.assertEqual(len({o['id'] for o in log}), len(log))

        # Somebody else who syncs sees exactly the rest.
        self.connect(sandbox, profile='other')
        wanted = {(i['user'], i['course']) for i in plan['will']} - {(undone['user'], undone['course'])}
        found = [(e['user'], e['course'])
                 for c in range(1, 9)
                 for e in self.json('enrollments', 'list', '--course', 'C%03d' % c, profile='other')]
        self.assertEqual(len(found), len(set(found)))
        self.assertEqual(set(found), wanted)

        # The run is finished; its list names every line that was left out.
        run = self.json('import', 'show', '1')
        self.assertEqual((run['state'], run['not_imported'], run['rejects']),
                         ('finished', len(plan['not_imported']), len(plan['not_imported'])))
        self.assertIn('Import process completed.', run['outcome'])
        self.assertIn('Download the list', self.cli('import', 'show', '1'))
        for _ in range(2):
            self.cli('import', 'rejects', '1', '--output', self.folder)
        lists = sorted(n for n in os.listdir(self.folder) if n.startswith('Non_Imported_List_'))
        self.assertEqual(len(lists), 2)
        self.assertRegex(lists[1], r'^Non_Imported_List_\d{4}-\d\d-\d\d\.csv$')
        self.assertRegex(lists[0], r'^Non_Imported_List_\d{4}-\d\d-\d\d \(2\)\.csv$')
        rows = self.read_csv(self.path(lists[1]))
        self.assertEqual(rows[0][:4], ['Line', 'Email ID or Employee ID', 'Course', 'Reason'])
        self.assertEqual([(int(r[0]), r[3]) for r in rows[1:]],
                         [(r['line'], r['reason']) for r in plan['not_imported']])

        # The same file once more: everybody has it already, but for the one that was taken back.
        again = self.json('import', 'check', '--action', 'assign', self.path('marks.xlsx'), status=3)
        self.assertEqual([(i['user'], i['course']) for i in again['will']], [(undone['user'], undone['course'])])
        self.assertEqual({i['code'] for i in again['cannot']}, {'already-assigned'})
        self.assert_conserved(again)

    def test_unreachable_then_reachable(self):
        people = self.make('roster', 'people.csv', '--rows', '20', '--names', 'ascii')
        sandbox = self.sandbox('--people', people, '--courses', '1', '--db', self.path('lms.db'))
        self.connect(sandbox)
        email = self.read_csv(people)[1][3]
        self.cli('do', 'assign', '--course', 'C001', '--user', email)
        sandbox.stop()
        self.assertIn('saved', self.say('sync', status=4))
        self.assertEqual(len(self.json('changes', 'list')), 1)

        port = sandbox.url.rsplit(':', 1)[1]
        back = self.sandbox('--db', self.path('lms.db'), '--port', port, '--token', sandbox.token)
        self.assertEqual(self.json('sync')['applied'], 1)
        self.assertEqual([o['applied'] for o in back.log()], [1])

    def test_unenroll(self):
        people = self.make('roster', 'people.csv', '--rows', '20', '--names', 'ascii', '--inactive-rate', '0')
        sandbox = self.sandbox('--people', people, '--courses', '2')
        self.connect(sandbox)
        emails = [row[3] for row in self.read_csv(people)[1:4]]
        self.write('in.csv', 'Email ID,C001,C002\n%s,x,\n%s,x,x\n%s,,x\n' % tuple(emails))
        self.write('out.csv', 'Email ID,C001\n%s,x\n%s,x\n%s,x\n' % tuple(emails))
        self.cli('import', 'start', '--action', 'assign', self.path('in.csv'))
        self.cli('sync')
        plan = self.json('import', 'check', '--action', 'unenroll', self.path('out.csv'), status=3)
        self.assertEqual([i['user'] for i in plan['will']], emails[:2])
        self.assertEqual([(i['user'], i['code']) for i in plan['cannot']], [(emails[2], 'not-enrolled')])
        self.assertEqual(plan['summary'], '2 users will be unenrolled · 1 cannot be unenrolled · '
                                          '0 lines may not be imported')
        self.cli('import', 'start', '--action', 'unenroll', self.path('out.csv'), status=3)
        self.assertEqual(self.json('sync')['applied'], 2)
        self.assertEqual({e['status'] for e in self.json('enrollments', 'list', '--course', 'C001')}, {'unenrolled'})


if __name__ == '__main__':
    cli_case.main(sys.argv)
