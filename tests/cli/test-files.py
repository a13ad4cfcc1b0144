#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files as people bring them: what other programs saved again, and what is broken.

    test-files.py REGISTRAR-CLI REGISTRAR-SANDBOX MAKE-ROSTER
"""
import os
import shutil
import subprocess
import sys
import zipfile

import cli_case
from cli_case import CliCase

LIST = 'Email ID,Employee ID,Requirement,Due Date,Message\n'


def python_with(module):
    for python in (sys.executable, 'python3', '/usr/bin/python3'):
        if shutil.which(python) and subprocess.run([python, '-c', 'import ' + module], capture_output=True).returncode == 0:
            return python
    return None


class Files(CliCase):
    lms = None

    @classmethod
    def tearDownClass(cls):
        if Files.lms:
            Files.lms.stop()
            Files.lms = None

    def setUp(self):
        super().setUp()
        self.people = self.make('roster', 'people.csv', '--rows', '150')
        if not Files.lms:
            Files.lms = cli_case.Sandbox('--people', self.people, '--courses', '6')
        self.connect(Files.lms)
        self.emails = [row[3] for row in self.read_csv(self.people)[1:] if row[8] == 'active']

    def matrix(self, name):
        return self.make('enrolments', name, '--rows', '150', '--courses', '6', '--error-rate', '0.3', expect='expect.json')

    def check(self, name, *args, status=3):
        return self.json('import', 'check', '--action', 'assign', self.path(name), *args, status=status)

    # ---- saved again by other programs: the answers stay the same, line by line

    def list_text(self):
        """A list with what programs like to change: ids with zeros, dates, capitals, letters of many scripts."""
        lines = ['%s,%s,%s,%s,%s' % (email, '', 'Required', '2031-02-%02d' % (1 + i % 28), 'Grüße, 你好' if i % 3 == 0 else '')
                 for i, email in enumerate(self.emails[:60])]
        return LIST + '\n'.join(line if 'Grüße' not in line else line.replace('Grüße, 你好', '"Grüße, 你好"') for line in lines) + '\n'

    def assert_list(self, name):
        plan = self.check(name, '--course', 'C001', status=0)
        self.assertEqual([i['user'] for i in plan['will']], self.emails[:60])
        self.cli('import', 'start', '--action', 'assign', '--course', 'C001', self.path(name))
        dates = {e['user']: e['due_date'] for e in self.json('enrollments', 'list', '--course', 'C001')}
        self.assertEqual([dates[e] for e in self.emails[:60]], ['2031-02-%02d' % (1 + i % 28) for i in range(60)])

    def test_openpyxl(self):
        python = python_with('openpyxl')
        if not python:
            self.skipTest('openpyxl is not installed')
        expect = self.matrix('marks.xlsx')
        subprocess.run([python, '-c', 'import openpyxl, sys\n'
                        'book = openpyxl.load_workbook(sys.argv[1])\nbook.save(sys.argv[2])',
                        self.path('marks.xlsx'), self.path('again.xlsx')], check=True)
        self.assert_plan(self.check('again.xlsx'), expect)

    def test_openpyxl_dates(self):
        python = python_with('openpyxl')
        if not python:
            self.skipTest('openpyxl is not installed')
        self.write('list.csv', self.list_text())
        subprocess.run([python, '-c', 'import openpyxl, csv, sys, datetime\n'
                        'book = openpyxl.Workbook()\n'
                        'for i, row in enumerate(csv.reader(open(sys.argv[1], encoding="utf-8"))):\n'
                        '    if i: row[3] = datetime.date.fromisoformat(row[3])\n'
                        '    book.active.append(row)\nbook.save(sys.argv[2])',
                        self.path('list.csv'), self.path('list.xlsx')], check=True)
        self.assert_list('list.xlsx')

    def convert_gnumeric(self, source, target):
        if not shutil.which('ssconvert'):
            self.skipTest('Gnumeric is not installed')
        subprocess.run(['ssconvert', self.path(source), self.path(target)], check=True, capture_output=True,
                       env=dict(os.environ, HOME=self.folder, LC_ALL='C.UTF-8'))

    def test_gnumeric(self):
        expect = self.matrix('marks.xlsx')
        self.convert_gnumeric('marks.xlsx', 'again.xlsx')
        self.assert_plan(self.check('again.xlsx'), expect)
        self.convert_gnumeric('marks.xlsx', 'again.csv')
        self.assert_plan(self.check('again.csv'), expect)

    def test_gnumeric_dates(self):
        self.write('list.csv', self.list_text())
        self.convert_gnumeric('list.csv', 'list.xlsx')
        self.assert_list('list.xlsx')

    def convert_libreoffice(self, source, target):
        office = shutil.which('soffice') or shutil.which('libreoffice')
        if not office:
            self.skipTest('LibreOffice is not installed')
        out = self.path('office')
        subprocess.run([office, '-env:UserInstallation=file://' + self.path('home'), '--headless', '--convert-to',
                        target.rsplit('.', 1)[1], '--outdir', out, self.path(source)], check=True, capture_output=True, timeout=120)
        os.rename(os.path.join(out, source.rsplit('.', 1)[0] + '.' + target.rsplit('.', 1)[1]), self.path(target))

    def test_libreoffice(self):
        expect = self.matrix('marks.xlsx')
        self.convert_libreoffice('marks.xlsx', 'again.xlsx')
        self.assert_plan(self.check('again.xlsx'), expect)

    def test_libreoffice_dates(self):
        self.write('list.csv', self.list_text())
        self.convert_libreoffice('list.csv', 'list.xlsx')
        self.assert_list('list.xlsx')

    # ---- shapes of text files

    def test_text_shapes(self):
        expect = self.matrix('marks.csv')
        with open(self.path('marks.csv'), encoding='utf-8') as f:
            text = f.read()
        for name, data in (('bom', '\ufeff' + text), ('crlf', text.replace('\n', '\r\n')), ('cr', text.replace('\n', '\r')),
                           ('utf16', ('\ufeff' + text).encode('utf-16-le')), ('utf16be', ('\ufeff' + text).encode('utf-16-be')),
                           ('no-last-break', text.rstrip('\n'))):
            with self.subTest(shape=name):
                self.write(name + '.csv', data)
                self.assert_plan(self.check(name + '.csv'), expect)

    def test_sep_line_and_semicolons(self):
        lines = ['sep=;', 'Email ID;C001', self.emails[0] + ';x', '"%s";"x"' % self.emails[1]]
        self.write('marks.csv', '\r\n'.join(lines))
        plan = self.check('marks.csv', status=0)
        self.assertEqual([(i['line'], i['user']) for i in plan['will']], [(3, self.emails[0]), (4, self.emails[1])])
        self.assertEqual(plan['delimiter'], ';')

    def test_lines_of_multiline_cells(self):
        self.write('list.csv', LIST + '%s,,,,"Hello\n\nthere"\nnobody@example.com,,,,\n' % self.emails[0])
        plan = self.check('list.csv', '--course', 'C001')
        self.assertEqual([r['line'] for r in plan['not_imported']], [5])

    def test_delimiter_encoding_and_map(self):
        self.write('odd.csv', ('Mail|Note|C001\n%s|Ä|x\n' % self.emails[0]).encode('cp1252'))
        plan = self.check('odd.csv', '--delimiter', '|', '--encoding', 'windows-1252', '--map', 'Note=', status=0)
        self.assertEqual(len(plan['will']), 1)
        self.run_cli('import', 'check', '--action', 'assign', '--delimiter', 'long', self.path('odd.csv'), status=2)
        self.run_cli('import', 'check', '--action', 'assign', '--map', 'nonsense', self.path('odd.csv'), status=1)

    # ---- what cannot be read is refused in words, and nothing is queued

    def refused(self, name, *words, args=()):
        for verb in ('check', 'start'):
            out, err = self.run_cli('import', verb, '--action', 'assign', '--course', 'C001', *args, self.path(name), status=1)
            self.assertEqual(out, '')
            for word in words:
                self.assertIn(word.lower(), err.lower())
        self.assertEqual(self.json('changes', 'list'), [])
        self.assertEqual(self.json('import', 'list'), [])

    def test_headings(self):
        self.write('missing.csv', 'Email ID,Employee ID,Requirement,Due Date\n%s,,,\n' % self.emails[0])
        self.refused('missing.csv', 'Message', 'missing')
        self.write('unknown.csv', 'Email ID,C001,C999\n%s,x,x\n' % self.emails[0])
        self.refused('unknown.csv', 'C999', 'column C')
        self.write('twice.csv', 'Email ID,C001,C001\n%s,x,x\n' % self.emails[0])
        self.refused('twice.csv', 'C001', 'more than once')
        for variant in ('none', 'duplicated'):
            self.make('enrolments', variant + '.csv', '--rows', '20', '--people', '150', '--courses', '3', '--header', variant)
            self.refused(variant + '.csv')

    def test_no_course(self):
        self.write('list.csv', LIST + self.emails[0] + ',,,,\n')
        self.run_cli('import', 'check', '--action', 'assign', self.path('list.csv'), status=2)
        self.run_cli('import', 'check', '--action', 'assign', '--course', 'C999', self.path('list.csv'), status=2)

    def test_empty(self):
        self.write('empty.csv', '')
        self.refused('empty.csv', 'empty')
        self.write('heading.csv', LIST)
        self.refused('heading.csv', 'no line')

    def test_gone(self):
        self.refused('gone.csv')

    def test_truncated_xlsx(self):
        self.matrix('marks.xlsx')
        with open(self.path('marks.xlsx'), 'rb') as f:
            data = f.read()
        for part in (len(data) // 3, len(data) - 40):
            self.write('cut.xlsx', data[:part])
            self.refused('cut.xlsx')

    def test_damaged_xlsx(self):
        self.matrix('marks.xlsx')
        with open(self.path('marks.xlsx'), 'rb') as f:
            data = bytearray(f.read())
        at = data.index(b'xl/worksheets/sheet1.xml') + 200
        data[at:at + 8] = b'\xff' * 8
        self.write('bad.xlsx', bytes(data))
        self.refused('bad.xlsx')

    def test_old_and_encrypted(self):
        ole = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(504)
        self.write('old.xlsx', ole + 'Workbook'.encode('utf-16-le') + bytes(4096))
        self.refused('old.xlsx')
        self.write('locked.xlsx', ole + 'EncryptedPackage'.encode('utf-16-le') + bytes(4096))
        self.refused('locked.xlsx')

    def test_other_files(self):
        self.write('page.csv', b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')
        self.refused('page.csv')
        with zipfile.ZipFile(self.path('plain.xlsx'), 'w') as z:
            z.writestr('readme.txt', 'hello')
        self.refused('plain.xlsx')

    def test_nul_bytes(self):
        self.write('nul.csv', (LIST + self.emails[0] + ',,,,\n').encode() + b'\0\0\0' * 10)
        self.refused('nul.csv')

    def test_unclosed_quote(self):
        self.write('quote.csv', LIST + '"%s,,,,\nmore,,,,\n' % self.emails[0])
        self.refused('quote.csv')

    def test_bomb(self):
        with zipfile.ZipFile(self.path('bomb.xlsx'), 'w', zipfile.ZIP_DEFLATED) as z:
            book = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
            rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
            z.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
            z.writestr('_rels/.rels', '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                       '<Relationship Id="r" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % rel)
            z.writestr('xl/_rels/workbook.xml.rels', '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                       'relationships"><Relationship Id="r" Type="%s/worksheet" Target="worksheets/sheet1.xml"/></Relationships>' % rel)
            z.writestr('xl/workbook.xml', '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="A" sheetId="1" r:id="r"/></sheets>'
                       '</workbook>' % (book, rel))
            with z.open('xl/worksheets/sheet1.xml', 'w', force_zip64=True) as f:
                f.write(('<worksheet xmlns="%s"><sheetData><row><c t="inlineStr"><is><t>' % book).encode())
                for _ in range(400):
                    f.write(b' ' * (1 << 20))
                f.write(b'</t></is></c></row></sheetData></worksheet>')
        self.refused('bomb.xlsx')


if __name__ == '__main__':
    cli_case.main(sys.argv)
