#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files with a column for each course by keyboard alone: assigning by x-marks from copied cells, with headings that are
not known and licenses that run out; unenrolling by the template that the wizard made, filled in with a spreadsheet
library; then due dates in courses that the lines name, which the LMS refuses once. And what the LMS then has, each change
carried out once.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
import os
import tempfile

from real_window import Lms, Window, connect, picture, walk
from wizard_hands import (Line, choose_action, choose_file, codes, count_bad, go_to, is_started, leave_out, paste, put_right,
                          show_cannot, start, take, type_count, type_in)

SHEET, FORK = 'SHEET-320', 'FORK-210'
MEETS = {
    'already-assigned', 'course-unknown', 'email-invalid', 'heading-twice', 'heading-unknown', 'id-shortened',
    'licence-short', 'lines-contradict', 'mark-unknown', 'not-enrolled', 'nothing-to-do', 'server-refused',
    'status-not-allowed', 'user-deactivated', 'user-duplicate-line', 'user-unknown',
}
SAYS = {
    'already-assigned': 'Already assigned: not assigned a second time',
    'licence-short': 'No license left for this product',
    'not-enrolled': 'Not enrolled, so there is nothing to unenroll',
    'status-not-allowed': 'Not possible while the status is',
    'nothing-to-do': 'It already is so',
}


class Demo:
    """People of the demo by what the courses are to them."""

    def __init__(self, lms):
        self.courses = {course['code']: course['id'] for course in lms.rows('courses')}
        self.users = lms.rows('users')
        self.records = {(row['user_id'], row['course_id']): row for row in lms.rows('enrollments')}
        active = [user for user in self.users if user['state'] == 'active']
        self.free = [user for user in active if not self.has(user, SHEET) and not self.has(user, FORK)]
        self.in_sheet = [user for user in active if self.has(user, SHEET) and not self.has(user, FORK)]
        self.revoked = [user for user in active if self.has(user, FORK) and self.get(user, FORK)['access'] == 'revoked'
                        and not self.has(user, SHEET)]

    def has(self, user, code):
        return (user['id'], self.courses[code]) in self.records

    def get(self, user, code):
        return self.records[user['id'], self.courses[code]]

    def email_of(self, number):
        return next(user['email'] for user in self.users if user['id'] == number)

    def is_active(self, number):
        return next(user['state'] for user in self.users if user['id'] == number) == 'active'

    def of_state(self, state):
        return next(user for user in self.users if user['state'] == state and not self.has(user, SHEET)
                    and not self.has(user, FORK))


# ---- Assign ----

def assign_lines(demo):
    a, b, c, d, e, f = (user['email'] for user in demo.free[:6])
    number = next(user['employee_id'] for user in demo.free[6:] if user['employee_id'].startswith('0'))
    misspelt = demo.free[-1]['email'].replace('@', 'x@')
    return [
        Line((a, 'x')),
        Line((b, 'y'), 'mark-unknown', 'Use x or leave empty', go_to('button:Treat “y” as x, for all alike')),
        Line((c, 'y'), 'mark-unknown'),
        Line((d, '?'), 'mark-unknown', 'Use x or leave empty', go_to('item:Treat “?” as empty')),
        Line((demo.in_sheet[0]['email'], 'x')),
        Line((number.lstrip('0'), 'x'), 'id-shortened', 'Leading zeros seem lost', take('Restore to ' + number)),
        Line((a, '', '', '', 'x'), 'user-duplicate-line', 'Same user as line 2', take('Keep line 2, leave this one out')),
        Line((misspelt, 'x'), 'user-unknown', 'Employee ID or Email ID not found', take(demo.free[-1]['email'])),
        Line(('<%s>' % e, '', '', '', 'x'), 'email-invalid', 'Not an e-mail address', take(e)),
        Line((demo.of_state('deactivated')['email'], 'x'), 'user-deactivated', 'is deactivated', leave_out()),
        Line((f, '')),
    ]


def assign(ui, demo):
    """Two columns say the same, one is misspelt, one is none."""
    lines = assign_lines(demo)
    ui.run(('key', 'alt+3'), paste(ui, ('Email ID', SHEET, 'Remark', SHEET, 'Fork-lft license'), lines),
           ('wait', '~are not those of the sample file'), ('audit',), *picture('marks-columns'),
           ('wait', '~Taken for the same as a column before it'), ('wait', '~Suggested: 1 letter differs'),
           ('wait', '~2 columns are not decided yet'),
           ('focus', 'button:Leave the Rest Out'), ('key', 'Return'),
           ('focus', 'button:Check With These Columns'), ('key', 'Return'),
           ('wait', '~%d lines may not be imported' % count_bad(lines)), ('audit',), *picture('marks-check'))
    ui.run(*put_right(lines),
           *show_cannot({code: SAYS[code] for code in ('already-assigned', 'licence-short')}),
           ('wait', '~Licenses, Spreadsheet credits: 2 needed, 2 available · 3 left out'), ('audit',), *picture('marks-licenses'),
           *start(), *is_started())
    return codes(lines) | {'already-assigned', 'licence-short', 'heading-unknown', 'heading-twice'}


# ---- Unenroll ----

def save_template(ui, path):
    """For two courses that are searched for, with everybody who is in them."""
    ui.run(*choose_action('Unenroll users (Unregister users)'))
    for title in ('Spreadsheets in depth', 'Fork-lift license'):
        ui.run(('focus', 'entry:Search courses'), ('key', 'ctrl+a'), ('keys', title), ('key', 'Return'),
               ('is', 'row:/^%s/' % title, 'focused'), ('key', 'space'), ('is', 'check:Select ' + title, 'checked'))
    ui.run(('focus', '/^Templates with the people/'), ('key', 'space'), ('is', 'check:/^Templates with the people/', 'checked'),
           ('audit',), *picture('marks-setup'),
           ('focus', 'button:Templates'), ('key', 'Return'), ('pick', 'Template With a Column for Each Chosen Course…'),
           ('wait', 'button:Save'), ('choose', path), ('wait', '~Saved “%s”' % os.path.basename(path)))


def fill_in(demo, path):
    """As a person does, in a spreadsheet program. Returns: the lines of the file"""
    import openpyxl
    book = openpyxl.load_workbook(path)
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    assert headings[0] == 'Email ID' and sheet.freeze_panes is not None and len(sheet.data_validations.dataValidation) > 0
    at = {headings[i].split()[0]: i + 1 for i in range(1, len(headings))}
    there = [row[0].value for row in sheet.iter_rows(min_row=2)]
    lines = [Line((identifier,)) for identifier in there]

    def mark(user, code, text, *more):
        place = there.index(user['email'])
        sheet.cell(place + 2, at[code]).value = text
        lines[place] = Line((user['email'],), *more)

    for user in demo.in_sheet[:8]:
        mark(user, SHEET, 'X' if user is demo.in_sheet[0] else 'x')
    mark(demo.in_sheet[8], SHEET, 'ja', 'mark-unknown', 'Use x or leave empty', go_to('item:Treat “ja” as x'))
    mark(demo.in_sheet[9], FORK, 'x')
    for i, (identifier, code) in enumerate(((there[0], SHEET), (demo.free[7]['email'], SHEET), (demo.revoked[0]['email'], FORK))):
        sheet.cell(len(there) + 2 + i, 1).value = identifier
        sheet.cell(len(there) + 2 + i, at[code]).value = 'x'
    lines.append(Line((there[0],), 'user-duplicate-line', 'Same user as line 2', take('Keep line 2, leave this one out')))
    book.save(path)
    return lines


def unenroll(ui, demo, path):
    """What is large is held until its number was typed."""
    save_template(ui, path)
    lines = fill_in(demo, path)
    ui.run(*choose_file(path),
           ('wait', '~8 users will be unenrolled'), ('wait', '~%d lines may not be imported' % count_bad(lines)),
           ('audit',), *picture('marks-unenroll'))
    ui.run(*put_right(lines),
           *show_cannot({code: SAYS[code] for code in ('not-enrolled', 'status-not-allowed')}), *picture('marks-cannot'),
           *start(), *type_count(9), *is_started())
    return codes(lines) | {'not-enrolled', 'status-not-allowed'}


# ---- Set due dates ----

def date_lines(demo):
    one, two, three, four, five = (user['email'] for user in demo.in_sheet[10:15])
    dated = next(row for row in demo.records.values() if row['due_date'] is not None and row['access'] == 'active'
                 and row['course_id'] == demo.courses['IND-101'] and demo.is_active(row['user_id']))
    unknown = 'No course with this id, code or title'
    return [
        Line((one, '', SHEET, '2031-05-01')),
        Line((two, '', 'Spreadshets in depth', '2031-05-02'), 'course-unknown', unknown, take('Spreadsheets in depth')),
        Line((three, '', 'Nowhere to be found', '2031-05-03'), 'course-unknown', unknown, type_in('Course', SHEET)),
        Line((four, '', FORK, '2031-05-04')),
        Line((five, '', SHEET, '2031-05-05'), 'lines-contradict', 'Conflicts with line 7',
             go_to('item:Keep this line, leave line 7 out')),
        Line((five, '', SHEET, '2031-05-06'), 'lines-contradict'),
        Line((demo.email_of(dated['user_id']), '', 'IND-101', dated['due_date'])),
    ]


def set_dates(ui, lms, demo):
    """The LMS refuses everything once; tried again as it is, everything is done."""
    lines = date_lines(demo)
    ui.run(paste(ui, ('Email ID', 'Employee ID', 'Course', 'Due Date'), lines),
           ('wait', '~%d lines may not be imported' % count_bad(lines)), ('audit',), *picture('marks-dates'))
    ui.run(*put_right(lines), *show_cannot({'not-enrolled': 'Not enrolled, so there is no due date to set',
                                            'nothing-to-do': SAYS['nothing-to-do']}))
    lms.post('/sandbox/faults', {'path': '/v1/operations', 'fault': 'status', 'status': 422, 'count': -1})
    ui.run(*start(), *is_started(), ('wait', '~Import process completed. 0 users'), ('wait', '~The LMS refuses (422)'), *picture('marks-refused'))
    lms.delete('/sandbox/faults')
    again = [Line((), 'server-refused', 'The LMS refuse', go_to('button:Try it again as it is, for all alike'))]
    ui.run(('focus', 'button:Correct and Import Again…'), ('key', 'Return'),
           ('wait', '~4 lines may not be imported'),
           *put_right(again), *start(), *is_started(), ('wait', '~Import process completed. 4 users imported successfully'))
    return codes(lines, again) | {'nothing-to-do'}


def assert_end(lms, demo):
    """To the last field of what was asked for, and nothing else."""
    records = {(row['user_id'], row['course_id']): row for row in lms.rows('enrollments')}
    sheet, fork = demo.courses[SHEET], demo.courses[FORK]
    new = set(records) - set(demo.records)
    expected = {(demo.free[0]['id'], sheet), (demo.free[1]['id'], sheet), (demo.free[4]['id'], fork)}
    assert new == expected, (new, expected)
    unenrolled = {(user['id'], sheet) for user in demo.in_sheet[:9]}
    dated = {(user['id'], sheet): '2031-05-0%d' % day for user, day in zip(demo.in_sheet[10:15], (1, 2, 3, None, 5)) if day}
    for pair, before in demo.records.items():
        after = records[pair]
        assert after['access'] == ('revoked' if pair in unenrolled else before['access']), (before, after)
        assert after['due_date'] == dated.get(pair, before['due_date']), (before, after)
    applied = [operation for operation in lms.operations() if operation['outcome'] == 'applied']
    assert len(applied) == len(expected) + len(unenrolled) + len(dated), applied
    assert all(operation['applied'] == 1 for operation in applied), applied


def main(program, sandbox, tools):
    with tempfile.TemporaryDirectory() as folder:
        with Lms(sandbox) as lms:
            demo = Demo(lms)
            with Window(program, tools) as ui:
                connect(ui, lms)
                met = set_dates(ui, lms, demo)
                met |= assign(ui, demo)
                met |= unenroll(ui, demo, os.path.join(folder, 'marks.xlsx'))
                assert met == MEETS, met ^ MEETS
                ui.run(('wait', '~Up to Date'))
                assert_end(lms, demo)


if __name__ == '__main__':
    walk(main)
