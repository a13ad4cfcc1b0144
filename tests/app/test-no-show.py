#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""By keyboard alone through the real window: who did not come to a session, with a message, sent and at the LMS.

Nothing is clicked: Tab, letters, Return, Shift+F10 and the window's own keys. What the dialog says is read as a screen
reader finds it.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""

from real_window import Lms, Window, connect, open_course, picture, wait_until, walk

COURSE = 'First aid at work'
MESSAGE = 'We missed you.'


def find_seated(lms):
    """Somebody active who has a seat: id and e-mail."""
    course = next(c['id'] for c in lms.rows('courses') if c['title'] == COURSE)
    people = {u['id']: u for u in lms.rows('users') if u['state'] == 'active'}
    return course, next(people[e['user_id']] for e in lms.rows('enrollments')
                        if e['course_id'] == course and e['seat'] == 'enrolled' and e['completed_at'] is None
                        and e['access'] == 'active' and e['user_id'] in people)


def mark_no_show(ui, email):
    """The row's own menu; a message is off until it is switched on, and then wanted."""
    button = 'button:Mark as No Show (1)'
    ui.run(('key', 'ctrl+f'), ('keys', email),
           ('wait', '~1 of'),
           ('key', 'Return'), ('key', 'shift+F10'),
           ('pick', 'Mark as No Show…'),
           ('wait', '~the course status reverts to'),
           ('wait', 'Nothing is sent to the learners.'),
           ('is', button, 'sensitive'),
           ('audit',),
           ('focus', 'switch:Send a private message'), ('key', 'space'),
           ('wait', 'E-mails this will cause: 1'),
           ('is', button, 'not', 'sensitive'),
           ('is', 'text:Message to the Learners', 'focused'),
           ('keys', MESSAGE),
           ('is', button, 'sensitive'),
           ('audit',),
           *picture('no-show-dialog'),
           ('focus', button), ('key', 'Return'),
           ('wait', 'table:Enrollments >> label:Not Started'),
           *picture('no-show-done'))


def main(program, sandbox, tools):
    with Lms(sandbox) as lms:
        course, person = find_seated(lms)
        n_mails = len(lms.get('/sandbox/mailbox')['mails'])
        with Window(program, tools) as ui:
            connect(ui, lms)
            open_course(ui, COURSE, 'Fire safety')
            ui.run(('wait', 'table:Enrollments >> row:*'))
            mark_no_show(ui, person['email'])
            ui.run(('key', 'F5'))
            wait_until(lambda: len(lms.operations()) == 1, 'it was sent')
            seat = next(e for e in lms.rows('enrollments') if (e['user_id'], e['course_id']) == (person['id'], course))
            assert seat['seat'] == 'no_show' and seat['started_at'] is None, seat
            mails = lms.get('/sandbox/mailbox')['mails'][n_mails:]
            assert [(m['to'], m['body']) for m in mails] == [(person['email'], MESSAGE)], mails


if __name__ == '__main__':
    walk(main, 580)
