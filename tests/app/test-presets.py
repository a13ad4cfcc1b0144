#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Presets and Custom Assignment by keyboard alone through the real window: one is made, changed and deleted; what is
closed with Escape leaves nothing behind; Return confirms; and where a window goes, the one below has the focus.

What is on show is read by its accessible names. Nothing is clicked.

Arguments: registrar, registrar-sandbox, folder of the compiled settings schema, folder of the test tools.
"""
from real_window import Lms, Window, connect, picture, walk

FAMILY = 'Ørsted'
COURSE = 'Anti-bribery, basics'
OTHER = 'Data protection essentials'


def pending(n):
    return ('wait', 'item:/^Pending Changes%s$/' % (', %d' % n if n > 0 else ''))


def open_dialog(ui, page):
    ui.run(('focus', 'button:Select Action'), ('key', 'Return'), ('pick', 'Assign Course…'),
           ('is', 'entry:Search courses', 'focused'),
           ('focus', 'tab:' + page), ('key', 'space'), ('is', 'tab:' + page, 'selected'))


def add_product(ui, title):
    """Return leads from the search to what was found, Space chooses it, and Return goes on from the button."""
    ui.run(('focus', 'button:Add Product'), ('key', 'Return'),
           ('is', 'entry:Search products', 'focused'),
           ('keys', title[:4]), ('key', 'Return'),
           ('is', 'item:' + title, 'focused'), ('key', 'space'),
           ('is', 'item:' + title, 'checked'), ('audit',),
           ('focus', 'button:Add Product'), ('key', 'Return'),
           ('gone', 'entry:Search products'))


def make(ui):
    open_dialog(ui, 'Preset Assignment')
    # Nothing is kept of what Escape closes.
    ui.run(('focus', 'button:New Preset'), ('key', 'Return'),
           ('is', 'button:Save Preset', 'not', 'sensitive'),
           ('keys', 'Nothing'), ('key', 'Escape'),
           ('gone', 'button:Save Preset'),
           ('is', 'button:New Preset', 'focused'),
           ('key', 'Return'), ('wait', 'button:Save Preset'),
           ('keys', 'Starters'))
    add_product(ui, COURSE)
    ui.run(('focus', 'button:Save Preset'), *picture('preset-new'), ('key', 'Return'),
           ('gone', 'button:Save Preset'),
           ('is', 'item:Starters', 'focused'), ('audit',))


def change(ui):
    """The name has the focus, and Return saves."""
    ui.run(('focus', 'button:Edit Starters'), ('key', 'Return'),
           ('wait', 'button:Save Preset'), ('key', 'ctrl+a'), ('keys', 'Newcomers'), ('key', 'Return'),
           ('gone', 'button:Save Preset'),
           ('is', 'item:Newcomers', 'focused'))


def delete(ui):
    """What was chosen goes, and nothing can be gone on with; the keyboard goes on at the one below."""
    ui.run(('key', 'space'), ('is', 'item:Newcomers', 'checked'), ('is', 'button:Continue', 'sensitive'),
           ('focus', 'button:Delete Newcomers'), ('key', 'Return'),
           ('gone', 'item:Newcomers'), ('is', 'item:Warehouse', 'focused'),
           ('is', 'button:Continue', 'not', 'sensitive'),
           ('key', 'Escape'), ('gone', 'button:New Preset'))


def main(program, sandbox, tools):
    with Lms(sandbox) as lms, Window(program, tools) as ui:
        people = [u for u in lms.rows('users') if u['family_name'] == FAMILY]
        connect(ui, lms)
        ui.run(('focus', 'Work Offline'), ('key', 'space'), ('wait', '~Working Offline'),
               ('key', 'ctrl+f'), ('keys', FAMILY), ('wait', '/^%d of /' % len(people)),
               ('focus', 'table:Users'), ('key', 'ctrl+a'),
               ('wait', '~%d of %d selected' % (len(people), len(people))))
        make(ui)
        change(ui)
        delete(ui)
        # By the undo of each of the three steps nothing is left to send.
        ui.run(('key', 'ctrl+z'), ('key', 'ctrl+z'), ('key', 'ctrl+z'), pending(0))
        open_dialog(ui, 'Custom Assignment')
        add_product(ui, COURSE)
        add_product(ui, OTHER)
        ui.run(('is', 'button:Add Product', 'focused'),
               ('focus', 'button:Remove ' + OTHER), ('key', 'Return'),
               ('gone', 'button:Remove ' + OTHER),
               ('is', 'button:Add Product', 'focused'), *picture('custom'),
               ('focus', 'button:Continue'), ('key', 'Return'),
               ('is', 'button:Confirm Assignment', 'focused'), ('audit',),
               # Escape leads back to where the review was asked for.
               ('key', 'Escape'), ('gone', 'button:Confirm Assignment'),
               ('is', 'button:Continue', 'focused'), ('key', 'Return'),
               ('is', 'button:Confirm Assignment', 'focused'),
               ('key', 'Return'), ('gone', 'button:Confirm Assignment'),
               ('gone', 'button:Continue'),
               ('wait', 'item:/^Pending Changes, [1-9]/'))
        assert lms.operations() == [], 'something was sent while working offline'


if __name__ == '__main__':
    walk(main, 580)
