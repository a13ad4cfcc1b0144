#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files round the program: does every one of them stand up to the tool that will read it?

    test-data.py CHECK SOURCE_ROOT BUILD_ROOT

Exit status 77 (skipped) where the tool that judges is not installed.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

APP_ID = 'io.github.registrar_lms.Registrar'
SKIPPED = 77


class Wrong(Exception):
    pass


def need(tool, package):
    if shutil.which(tool) is None:
        print('skipped: %s is not installed (Debian package %s)' % (tool, package))
        sys.exit(SKIPPED)


def run(*command, **kw):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **kw)
    sys.stdout.write(done.stdout)
    if done.returncode != 0:
        raise Wrong('%s: status %d' % (command[0], done.returncode))
    return done.stdout


def expect(holds, otherwise):
    if not holds:
        raise Wrong(otherwise)


def desktop_file(source, build):
    need('desktop-file-validate', 'desktop-file-utils')
    path = os.path.join(build, 'data', APP_ID + '.desktop')
    said = run('desktop-file-validate', path)
    expect(said == '', 'desktop-file-validate has something to say')


def metainfo(source, build):
    need('appstreamcli', 'appstream')
    path = os.path.join(build, 'data', APP_ID + '.metainfo.xml')
    run('appstreamcli', 'validate', '--no-net', '--pedantic', path)
    component = xml.etree.ElementTree.parse(path).getroot()
    expect(len(component.findtext('summary')) <= 35, 'the summary is longer than 35 letters')
    expect(component.findtext('name') == 'Registrar', 'the name is not Registrar')
    releases = [r.get('version') for r in component.find('releases')]
    with open(os.path.join(source, 'NEWS'), encoding='utf-8') as f:
        news = re.findall(r'^Registrar (\d\S*)', f.read(), re.MULTILINE)
    expect(releases == news, 'releases %s, but NEWS has %s' % (releases, news))


def project_version(source, build):
    with open(os.path.join(source, 'meson.build'), encoding='utf-8') as f:
        version = re.search(r"version: '([^']+)'", f.read())[1]
    with open(os.path.join(source, 'NEWS'), encoding='utf-8') as f:
        first = f.readline().split()[-1]
    expect(version == first, 'meson.build says %s, NEWS starts with %s' % (version, first))


def schema(source, build):
    need('glib-compile-schemas', 'libglib2.0-bin')
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(os.path.join(source, 'data', APP_ID + '.gschema.xml'), folder)
        said = run('glib-compile-schemas', '--strict', folder)
        expect(said == '', 'glib-compile-schemas has something to say')


def well_formed(source, build):
    need('xmllint', 'libxml2-utils')
    files = []
    for part in ('ui', 'data', 'src'):
        for folder, _, names in os.walk(os.path.join(source, part)):
            files += [os.path.join(folder, n) for n in names if n.endswith(('.ui', '.svg', '.xml', '.xml.in'))]
    expect(files, 'no XML file found')
    run('xmllint', '--noout', *sorted(files))


def icons(source, build):
    for where, name in (('scalable', APP_ID), ('symbolic', APP_ID + '-symbolic')):
        path = os.path.join(source, 'data', 'icons', 'hicolor', where, 'apps', name + '.svg')
        svg = xml.etree.ElementTree.parse(path).getroot()
        expect(svg.get('viewBox') == ('0 0 128 128' if where == 'scalable' else '0 0 16 16'),
               '%s: the wrong size' % path)


def flatpak(source, build):
    path = os.path.join(source, 'flatpak', APP_ID + '.json')
    with open(path, encoding='utf-8') as f:
        manifest = json.load(f)
    expect(manifest['id'] == APP_ID, 'the manifest is for %s' % manifest['id'])
    rights = manifest['finish-args']
    expect(not [r for r in rights if r.startswith('--filesystem')], 'files come through portals, not by --filesystem')
    for module in manifest['modules']:
        for origin in module['sources']:
            pin = {'dir': 0, 'archive': 64, 'git': 40}[origin['type']]
            expect(len(origin.get('sha256', origin.get('commit', ''))) == pin,
                   '%s: not pinned to one content' % module['name'])
    if shutil.which('flatpak-builder'):
        said = run('flatpak-builder', '--show-manifest', path)
        expect('WARNING' not in said, 'flatpak-builder warns')


def plurals(source):
    """(file, singular as the template writes it) of every pair of sentences in the program."""
    pair = re.compile(r'\b(?:ngettext|PLURAL_) \(\s*(?:\.\w+ = )?((?:"(?:[^"\\]|\\.)*"|PRI\w+|\s)+),')
    for folder, _, names in os.walk(os.path.join(source, 'src')):
        for path in (os.path.join(folder, n) for n in sorted(names) if n.endswith('.c')):
            with open(path, encoding='utf-8') as f:
                for words in pair.findall(f.read()):
                    yield path, '"%s"' % re.sub(r'"\s*"', '', re.sub(r'"\s*(PRI\w+)\s*"', r'<\1>', words)).strip()[1:-1]


def gettext(source, build):
    need('msgfmt', 'gettext')
    with open(os.path.join(source, 'po', 'LINGUAS'), encoding='utf-8') as f:
        languages = [line.strip() for line in f if line.strip() and not line.startswith('#')]
    expect(languages == sorted(languages), 'LINGUAS is not in order')
    for language in languages:
        run('msgfmt', '--check', '-o', os.devnull, os.path.join(source, 'po', language + '.po'))
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, 'all.pot')
        with open(os.path.join(source, 'po', 'meson.build'), encoding='utf-8') as f:
            keywords = re.findall(r"'(--keyword=[^']+)'", f.read())
        run('xgettext', '--files-from=po/POTFILES.in', '--directory=' + source, '--from-code=UTF-8', '--no-wrap',
            '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=ngettext:1,2', *keywords,
            '--output=' + template, cwd=source)
        with open(template, encoding='utf-8') as f:
            text = f.read()
    expect('Training Administration' in text, 'the desktop file has not reached the template')
    extracted = set(re.findall(r'^msgid (".*")\nmsgid_plural ".*"$', text, re.MULTILINE))
    for path, one in plurals(source):
        expect(one in extracted, '%s: the template lacks the plural of %s' % (path, one))


INSTALLED = (
    'bin/registrar', 'bin/registrar-cli', 'bin/registrar-sandbox', 'share/man/man1/registrar-cli.1',
    'share/applications/%s.desktop', 'share/metainfo/%s.metainfo.xml', 'share/glib-2.0/schemas/%s.gschema.xml',
    'share/dbus-1/services/%s.service', 'share/icons/hicolor/scalable/apps/%s.svg',
    'share/icons/hicolor/symbolic/apps/%s-symbolic.svg', 'share/locale/de/LC_MESSAGES/registrar.mo',
)


def install(source, build):
    """What an installed Registrar consists of; and the D-Bus service starts the program that is installed."""
    need('meson', 'meson')
    with tempfile.TemporaryDirectory() as root:
        run('meson', 'install', '-C', build, '--no-rebuild', '--destdir', root, '--quiet')
        found = {os.path.relpath(os.path.join(folder, name), root)
                 for folder, _, names in os.walk(root) for name in names}
        for pattern in INSTALLED:
            path = pattern % APP_ID if '%' in pattern else pattern
            expect([f for f in found if f.endswith('/' + path)], '%s is not installed' % path)
        service = [f for f in found if f.endswith('.service')][0]
        with open(os.path.join(root, service), encoding='utf-8') as f:
            text = f.read()
        expect('Name=%s\n' % APP_ID in text and '/bin/registrar --gapplication-service' in text,
               'the D-Bus service starts something else')


def potfiles_self(source, build):
    """check-potfiles finds a file that is missing from the list, and one too many."""
    tool = os.path.join(source, 'build-aux', 'check-potfiles')
    with tempfile.TemporaryDirectory() as root:
        for part in ('src/base', 'po'):
            os.makedirs(os.path.join(root, part))
        source_file = os.path.join(root, 'src/base/a.c')
        for text, listed, status in (
                ('f (_("Hello"));', '', 1),
                ('f (_("Hello"));', 'src/base/a.c\n', 0),
                ('f (x_ (1)); /* _("Hello") */', 'src/base/a.c\n', 1),
                ('f (_("%" G_GINT64_FORMAT " lines"));', 'src/base/a.c\n', 1),
                ('f (_("%" PRIi64 " lines"), "%" G_GINT64_FORMAT);', 'src/base/a.c\n', 0),
                ('f (x_ (1)); // _("Hello")', '', 0)):
            with open(source_file, 'w', encoding='utf-8') as f:
                f.write(text + '\n')
            with open(os.path.join(root, 'po/POTFILES.in'), 'w', encoding='utf-8') as f:
                f.write('# the list\n' + listed)
            done = subprocess.run([tool, '--root', root], stdout=subprocess.DEVNULL)
            expect(done.returncode == status, '%r, listed %r: status %d' % (text, listed, done.returncode))


CHECKS = {
    'desktop-file': desktop_file, 'metainfo': metainfo, 'version': project_version, 'schema': schema,
    'well-formed': well_formed, 'icons': icons, 'flatpak': flatpak, 'gettext': gettext, 'install': install,
    'potfiles-self': potfiles_self,
}

if __name__ == '__main__':
    if len(sys.argv) != 4 or sys.argv[1] not in CHECKS:
        print(__doc__, 'CHECK is one of:', ' '.join(CHECKS), file=sys.stderr)
        sys.exit(2)
    try:
        CHECKS[sys.argv[1]](os.path.abspath(sys.argv[2]), os.path.abspath(sys.argv[3]))
    except Wrong as e:
        print('wrong: %s' % e)
        sys.exit(1)
