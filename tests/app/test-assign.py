#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Assigning by keyboard alone through the real window: people found and selected, a course with a due date and a message,
the review with who has it already, what it costs and which e-mails it causes; undone once, done again, sent.

What is on show is read by its accessible names. Nothing is clicked.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
from real_window import Lms, Window, connect, picture, wait_until, walk

COURSE = 'Fire safety'
FAMILY = 'Ørsted'
DUE = '2031-06-30'
MESSAGE = 'Before you drive again, please.'


class People:
    """Everybody of one name, by what the course already is to them."""

    def __init__(self, lms):
        self.course = next(c['id'] for c in lms.rows('courses') if c['title'] == COURSE)
        self.users = [u for u in lms.rows('users') if u['family_name'] == FAMILY]
        records = {e['user_id']: e for e in lms.rows('enrollments') if e['course_id'] == self.course}
        active = [u for u in self.users if u['state'] == 'active']
        self.without = [u for u in active if u['id'] not in records]
        having = [u for u in active if u['id'] in records]
        self.completed = [u for u in having if records[u['id']]['completed_at'] is not None]
        self.enrolled = [u for u in having if records[u['id']]['completed_at'] is None]
        self.attempts = {u['id']: records[u['id']]['attempt'] for u in having}
        assert len(self.without) >= 2 and self.completed and self.enrolled, 'the demo is another'
        assert all(records[u['id']]['access'] == 'active' for u in having), 'the demo is another'


def begin(ui, lms):
    connect(ui, lms)
    ui.run(('focus', 'Work Offline'), ('key', 'space'), ('wait', '~Working Offline'))


def select(ui, people):
    """Once in the list, Tab leads past all of its rows to the bar below."""
    n = len(people.users)
    ui.run(('key', 'ctrl+f'), ('keys', FAMILY),
           ('wait', '/^%d of /' % n),
           ('focus', 'table:Users'), ('key', 'ctrl+a'),
           ('wait', '~%d of %d selected' % (n, n)))


def open_dialog(ui):
    ui.run(('focus', 'button:Select Action'), ('key', 'Return'), ('pick', 'Assign Course…'),
           ('is', 'entry:Search courses', 'focused'),
           ('is', 'button:Continue', 'not', 'sensitive'))


def choose_course(ui):
    """Return leads from the search to what was found; the row says that it is checked."""
    ui.run(('keys', COURSE[:4]),
           ('key', 'Return'),
           ('is', 'item:' + COURSE, 'focused'),
           ('key', 'space'),
           ('is', 'item:' + COURSE, 'checked'),
           ('wait', '1 course chosen'),
           # The rows of a form do not say that they have the focus in older versions of the toolkit.
           ('focus', 'combo:Requirement'), ('key', 'Tab'), ('keys', DUE),
           ('expect', 'text:~Due Date', DUE),
           ('focus', 'button:Choose a Date'), ('key', 'Tab'), ('keys', MESSAGE),
           ('expect', 'text:~Message to the Learners', MESSAGE),
           ('is', 'button:Continue', 'sensitive'),
           ('audit',), *picture('assign-dialog'),
           ('key', 'Return'))


def read_review(ui, people):
    """Who is which, what it costs, and that the one button is where the focus is."""
    n = len(people.without)
    ui.run(('wait', summary(people, n)),
           ('is', 'button:Confirm Assignment', 'focused'),
           ('wait', 'E-mails this will cause: %d' % n),
           ('wait', '~: %d needed, ' % n),
           ('audit',), *picture('assign-review'),
           *[('wait', r'row:/%s.*Completed/' % user['email']) for user in people.completed],
           *[('wait', r'row:/%s.*Already enrolled/' % user['email']) for user in people.enrolled])


def summary(people, n, left_out=''):
    skipped = len(people.completed) + len(people.enrolled)
    cannot = len(people.users) - skipped - len(people.without)
    return '%d will be assigned%s · %d skipped · %d cannot be included' % (n, left_out, skipped, cannot)


def confirm_and_undo(ui, people):
    ui.run(('key', 'Return'),
           ('wait', 'item:/^Pending Changes, %d$/' % len(people.without)),
           ('key', 'ctrl+z'),
           ('gone', 'item:/^Pending Changes, /'))


def reassign_instead(ui, people):
    """Those who have it, but for those who have completed it: nobody is skipped unless it is asked for."""
    n, n_completed = len(people.completed) + len(people.enrolled), len(people.completed)
    skip = 'check:Skip users who have already completed the course'
    ui.run(('focus', 'button:Reassign These Instead…'), ('key', 'Return'),
           ('wait', '%d will be reassigned' % n),
           ('wait', '%d completed users will be re-assigned' % n_completed),
           ('is', skip, 'not', 'checked'),
           ('focus', skip), ('key', 'space'),
           ('is', skip, 'checked'),
           ('wait', '%d will be reassigned · %d skipped' % (len(people.enrolled), n_completed)),
           ('wait', '0 completed users will be re-assigned'),
           *picture('assign-reassign-instead'),
           ('focus', 'button:Proceed'), ('key', 'Return'),
           ('gone', 'button:Proceed'))


def leave_one_out(ui, people):
    """Space takes the tick from the row that has the focus; the costs follow."""
    n = len(people.without)
    ui.run(('wait', summary(people, n)),
           ('focus', 'table:Review'), ('key', 'End'), ('key', 'space'),
           ('wait', summary(people, n - 1, ' · 1 left out by you')),
           ('wait', 'E-mails this will cause: %d' % (n - 1)),
           ('wait', '~: %d needed, ' % (n - 1)),
           ('focus', 'button:Confirm Assignment'), ('key', 'Return'),
           ('wait', 'item:/^Pending Changes, %d$/' % (n - 1 + len(people.enrolled))))


def check_lms(lms, people, n_mails):
    """Exactly the rest, each once."""
    records = {e['user_id']: e for e in lms.rows('enrollments') if e['course_id'] == people.course}
    assigned = [u for u in people.without if u['id'] in records]
    assert len(assigned) == len(people.without) - 1, assigned
    for user in assigned:
        record = records[user['id']]
        assert (record['requirement'], record['due_date']) == ('required', DUE), record
    again = [user for user, attempt in people.attempts.items() if records[user]['attempt'] == attempt + 1]
    assert sorted(again) == sorted(u['id'] for u in people.enrolled), again
    mails = [(m['to'], m['body']) for m in lms.get('/sandbox/mailbox')['mails'][n_mails:]]
    assert sorted(mails) == sorted((u['email'], MESSAGE) for u in assigned), mails


def main(program, sandbox, tools):
    with Lms(sandbox) as lms:
        people = People(lms)
        n_mails = len(lms.get('/sandbox/mailbox')['mails'])
        with Window(program, tools) as ui:
            begin(ui, lms)
            select(ui, people)
            open_dialog(ui)
            choose_course(ui)
            read_review(ui, people)
            confirm_and_undo(ui, people)
            open_dialog(ui)
            choose_course(ui)
            reassign_instead(ui, people)
            leave_one_out(ui, people)
            assert lms.operations() == [], 'something was sent while working offline'
            ui.run(('focus', 'Work Offline'), ('key', 'space'))
            n_operations = len(people.without) - 1 + len(people.enrolled)
            wait_until(lambda: len(lms.operations()) == n_operations, 'everything was sent')
            ui.run(('wait', '~Up to Date'), ('gone', 'item:/^Pending Changes, /'))
            assert all(o['applied'] == 1 for o in lms.operations()), 'something was applied twice'
            check_lms(lms, people, n_mails)


if __name__ == '__main__':
    walk(main, 580)
