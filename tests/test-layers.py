#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the layers of docs/architecture.md: reads the #include lines under src/ against the table below.

    test-layers.py [ROOT]     checks the tree at ROOT (default: this repository), then checks itself
"""
import os
import re
import sys
import tempfile
import unittest

# Which folder of src/ may include which others. What one may include comes along: model brings base.
MAY_INCLUDE = {
    'base': (),
    'model': ('base',),
    'rules': ('model',),
    'store': ('rules',),
    'net': ('base',),
    'lms': ('model', 'net'),
    'tabular': ('base',),
    'imports': ('rules', 'tabular'),
    'sync': ('store', 'lms', 'imports'),
    'sandbox': ('rules', 'tabular'),
    'workspace': ('sync',),
    'cli': ('sync',),
    'views': ('workspace',),
    'app': ('views',),
}

GTK = re.compile(r'(gtk/|gdk/|gsk/|adwaita\.h|libadwaita)')
SQLITE = re.compile(r'sqlite3')
SOUP = re.compile(r'libsoup/')
JSON = re.compile(r'json-glib/')
LIBRARIES = re.compile(r'(libsecret/|archive|libxml|xlsxwriter|uchardet)')
CONNECTOR = re.compile(r'lms/(registrar|moodle)/')

WINDOW = ('views', 'app')
MAX_LINES = 1500
SPDX = '/* SPDX-License-Identifier: GPL-3.0-or-later */'
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def closure(folder):
    seen, todo = {folder}, list(MAY_INCLUDE[folder])
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            todo += MAY_INCLUDE[one]
    return seen


def read(path):
    with open(path, encoding='utf-8') as f:
        return f.read()


def c_files(top):
    for folder, subfolders, names in os.walk(top):
        subfolders.sort()
        for name in sorted(names):
            if name.endswith(('.c', '.h')):
                yield os.path.join(folder, name)


def project_path(src, path, header):
    """Where under src/ the header lies (as a path from there), or None for somebody else's."""
    beside = os.path.normpath(os.path.join(os.path.dirname(path), header))
    if os.path.exists(beside):
        return os.path.relpath(beside, src)
    if header.split('/')[0] in MAY_INCLUDE:
        return header
    return None


def check_library(folder, header):
    if folder not in WINDOW and GTK.match(header):
        return 'only views/ and app/ know GTK'
    if folder not in ('store', 'sandbox') and SQLITE.match(header):
        return 'only store/ and sandbox/ include sqlite3.h'
    if folder in WINDOW and (SOUP.match(header) or JSON.match(header)):
        return 'the window goes through store/, lms/ and sync/'
    if folder in ('base', 'model', 'rules') and (SOUP.match(header) or LIBRARIES.match(header)):
        return 'the domain needs GLib alone'
    if folder == 'base' and JSON.match(header):
        return 'base/ needs GLib alone'
    return None


def check_project(folder, own, header):
    target = header.split('/')[0]
    if folder not in ('lms', 'cli') and CONNECTOR.match(header):
        return 'connectors are reached through RegLms'
    if target not in closure(folder):
        return '%s/ may not include %s/' % (folder, target)
    if folder == 'views' and target == 'views':
        screen, other = os.path.dirname(own), os.path.dirname(header)
        if other not in (screen, 'views/common', 'views'):
            return "one screen may not include another screen's folder"
    return None


def check_layers(root):
    src, wrong = os.path.join(root, 'src'), []
    for path in c_files(src):
        own = os.path.relpath(path, src)
        folder = own.split('/')[0]
        if folder not in MAY_INCLUDE:
            wrong.append('src/%s: the table of layers does not know the folder %s/' % (own, folder))
            continue
        for match in INCLUDE.finditer(read(path)):
            header = match[2]
            inside = project_path(src, path, header) if match[1] == '"' else None
            why = check_project(folder, own, inside) if inside else check_library(folder, header)
            if why:
                wrong.append('src/%s: %s: %s' % (own, header, why))
    return wrong


def check_files(root):
    wrong = []
    for part in ('src', 'tests'):
        for path in c_files(os.path.join(root, part)):
            name, text = os.path.relpath(path, root), read(path)
            if text.split('\n', 1)[0] != SPDX:
                wrong.append('%s: the first line is not %s' % (name, SPDX))
            if text.count('\n') > MAX_LINES:
                wrong.append('%s: %d lines, %d are the limit' % (name, text.count('\n'), MAX_LINES))
            if name.endswith('.h') and '#pragma once' not in text:
                wrong.append('%s: no #pragma once' % name)
    return wrong


class Tree(unittest.TestCase):
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

    def test_layers(self):
        self.assertEqual(check_layers(self.root), [])

    def test_files(self):
        self.assertEqual(check_files(self.root), [])

    def test_no_circle(self):
        for folder, direct in MAY_INCLUDE.items():
            for other in direct:
                self.assertNotIn(folder, closure(other), '%s and %s include each other' % (folder, other))


class Self(unittest.TestCase):
    """The check can fail: every rule once broken, once kept."""

    def wrong(self, check, files):
        with tempfile.TemporaryDirectory() as root:
            for name, text in files.items():
                path = os.path.join(root, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, 'w', encoding='utf-8') as f:
                    f.write(text)
            return check(root)

    def layer(self, path, include):
        return self.wrong(check_layers, {'src/' + path: '#include %s\n' % include})

    def test_broken(self):
        for path, include in (
            ('base/a.c', '"model/reg-user.h"'),
            ('base/a.c', '<json-glib/json-glib.h>'),
            ('model/a.h', '<libsoup/soup.h>'),
            ('rules/a.c', '"store/reg-store.h"'),
            ('net/a.c', '"model/reg-user.h"'),
            ('lms/a.c', '"store/reg-store.h"'),
            ('imports/a.c', '"store/reg-store.h"'),
            ('imports/a.c', '  <sqlite3.h>'),
            ('sync/a.c', '<sqlite3.h>'),
            ('sync/a.c', '"lms/moodle/reg-moodle-lms.h"'),
            ('sync/a.c', '<gtk/gtk.h>'),
            ('cli/a.c', '<adwaita.h>'),
            ('cli/a.c', '"workspace/reg-workspace.h"'),
            ('sync/a.c', '"workspace/reg-workspace.h"'),
            ('workspace/a.c', '<gtk/gtk.h>'),
            ('workspace/a.c', '"lms/registrar/reg-registrar-lms.h"'),
            ('cli/a.c', '"views/common/reg-toast.h"'),
            ('sandbox/a.c', '"store/reg-store.h"'),
            ('views/users/a.c', '<sqlite3.h>'),
            ('views/users/a.c', '<libsoup/soup.h>'),
            ('views/users/a.c', '<json-glib/json-glib.h>'),
            ('views/users/a.c', '"views/courses/reg-course-page.h"'),
            ('views/common/a.c', '"views/users/reg-user-page.h"'),
            ('views/users/a.c', '"app/reg-window.h"'),
            ('app/a.c', '"lms/registrar/reg-registrar-lms.h"'),
            ('manager/a.c', '<glib.h>'),
        ):
            with self.subTest(path=path, include=include):
                self.assertEqual(len(self.layer(path, include)), 1)

    def test_kept(self):
        for path, include in (
            ('model/a.c', '"base/reg-clock.h"'),
            ('store/a.c', '<sqlite3.h>'),
            ('sandbox/a.c', '<sqlite3.h>'),
            ('sync/a.c', '"model/reg-user.h"'),
            ('lms/moodle/a.c', '"lms/moodle/reg-moodle-lms.h"'),
            ('views/users/a.c', '"views/common/reg-toast.h"'),
            ('views/users/a.c', '"workspace/reg-workspace.h"'),
            ('app/a.c', '"views/users/reg-user-page.h"'),
        ):
            with self.subTest(path=path, include=include):
                self.assertEqual(self.layer(path, include), [])

    def test_a_neighbour_is_found_by_its_bare_name(self):
        self.assertEqual(len(self.wrong(check_layers, {
            'src/sync/a.c': '#include "../views/b.h"\n',
            'src/views/b.h': '#pragma once\n'})), 1)

    def test_files(self):
        good = SPDX + '\n#pragma once\n'
        self.assertEqual(self.wrong(check_files, {'src/base/a.h': good, 'tests/base/b.h': good}), [])
        self.assertEqual(len(self.wrong(check_files, {'src/base/a.h': '#pragma once\n'})), 1)
        self.assertEqual(len(self.wrong(check_files, {'tests/a.h': SPDX + '\n'})), 1)
        self.assertEqual(len(self.wrong(check_files, {'src/base/a.c': SPDX + '\n' * 1502})), 1)


if __name__ == '__main__':
    if len(sys.argv) > 1:
        Tree.root = sys.argv.pop(1)
    unittest.main()
