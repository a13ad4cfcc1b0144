#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""import check beside programs that merely convert or read the same file: CPU seconds and peak memory.

    bench-import.py REGISTRAR-CLI REGISTRAR-SANDBOX MAKE-ROSTER [--lines N] [--drop COMMAND...]

The check reads the file, matches it against as many people, validates it and makes the plan. Each program
runs nine times, in turns (three times where it is slow), and its best run counts: what other work on the computer adds
is no merit of anybody. Peers that are not installed are left out. Then come a million lines, of which a tenth names
somebody, beside a hundred thousand lines of the same kind: how time and memory grow. What the check of a single line
takes is the program with its local copy. Last, COMMAND with the files behind it: the window, until their first rows
are on show.
"""
import argparse
import csv
import importlib.machinery
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile

RUNS = 9
SLOW_RUNS = 3
OPENPYXL = """
import sys, openpyxl
for row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True):
    pass
"""


def measure(command, environment):
    """CPU seconds (user + system) and peak megabytes of one run."""
    with tempfile.TemporaryFile() as words:
        pid = os.fork()
        if pid == 0:
            # Whatever goes wrong here, this process must not go on as if it were the benchmark.
            try:
                null = os.open(os.devnull, os.O_RDWR)
                for number, target in enumerate((null, null, words.fileno())):
                    os.dup2(target, number)
                os.execvpe(command[0], command, environment)
            except OSError as error:
                os.write(2, str(error).encode())
            finally:
                os._exit(127)
        _, status, usage = os.wait4(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, 3):
            words.seek(0)
            sys.exit('%s ended with %d: %s' % (command[0], code, words.read().decode(errors='replace').strip()))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write_xlsx(roster, path, rows):
    """With make-roster's own writer, so that no other program is needed."""
    loader = importlib.machinery.SourceFileLoader('make_roster', roster)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader('make_roster', loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    options = argparse.Namespace(variant=None, strings='shared', dates='serial', level=6, columns=len(rows[0]), rows=len(rows))
    sink = module.XlsxSink(options, path)
    for row in rows:
        sink.write(row)
    sink.close()


def prepare(folder, cli, sandbox, roster, lines):
    """A local copy of so many people, and the files."""
    def make(what, name, *args):
        subprocess.run([sys.executable, roster, what, '--rows', str(lines), '--out', os.path.join(folder, name), *args], check=True)
    make('roster', 'people.csv')
    for name in ('matrix.xlsx', 'matrix.csv'):
        make('enrolments', name, '--courses', '50', '--error-rate', '0.01')
    with open(os.path.join(folder, 'people.csv'), encoding='utf-8') as f:
        rows = [['Email ID', 'Employee ID', 'Requirement', 'Due Date', 'Message']]
        rows += [[row['email'], row['employee_id'], 'Required', '2031-12-31', ''] for row in csv.DictReader(f)]
    with open(os.path.join(folder, 'list.csv'), 'w', encoding='utf-8', newline='') as f:
        csv.writer(f).writerows(rows)
    write_xlsx(roster, os.path.join(folder, 'list.xlsx'), rows)

    lms = subprocess.Popen([sandbox, '--quiet', '--people', os.path.join(folder, 'people.csv'), '--courses', '50'],
                           stdout=subprocess.PIPE, text=True)
    address = json.loads(lms.stdout.readline())
    with open(os.path.join(folder, 'token'), 'w', encoding='utf-8') as f:
        f.write(address['token'])
    base = [cli, '--quiet', '--data-dir', os.path.join(folder, 'profile')]
    subprocess.run(base + ['connect', '--kind', 'registrar', '--url', address['url'], '--token-file',
                           os.path.join(folder, 'token')], check=True)
    subprocess.run(base + ['sync'], check=True)
    lms.terminate()
    lms.wait()
    return base + ['import', 'check', '--action', 'assign', '--course', 'C001']


def least(runs):
    """The fewest CPU seconds, and the fewest megabytes at the peak."""
    return min(r[0] for r in runs), min(r[1] for r in runs)


def compare(folder, check, name, environment):
    path = os.path.join(folder, name)
    peers = [('registrar-cli import check', check + [path])]
    missing = []
    for label, command, there in find_peers(folder, path):
        if there:
            peers.append((label, command))
        else:
            missing.append(label)
    figures = [[] for _ in peers]
    for run in range(RUNS):
        for i, (_, command) in enumerate(peers):
            if run < SLOW_RUNS or i < 2:
                figures[i].append(measure(command, environment))
    best = [least(own) for own in figures]
    print('%s, %.1f MB' % (name, os.path.getsize(path) / 1e6))
    for (label, _), (seconds, memory) in zip(peers, best):
        print('  %-28s %7.3f s  %7.1f MB   %6.2f × CPU  %6.2f × memory'
              % (label, seconds, memory, seconds / best[0][0], memory / best[0][1]))
    if missing:
        print('  not compared, as not installed: %s' % ', '.join(missing))
    sys.stdout.flush()


def find_peers(folder, path):
    """Label, command, and whether it is installed."""
    if path.endswith('.csv'):
        return [('sqlite3 .import', ['sqlite3', ':memory:', '.import --csv "%s" t' % path], shutil.which('sqlite3'))]
    office = shutil.which('soffice') or shutil.which('libreoffice') or 'soffice'
    # LibreOffice names its file after the one it converts: it must not take the place of ours.
    out = os.path.join(folder, 'converted')
    os.makedirs(out, exist_ok=True)
    python = '/usr/bin/python3'
    has_openpyxl = subprocess.run([python, '-c', 'import openpyxl'], stderr=subprocess.DEVNULL).returncode == 0
    return [
        ('ssconvert to CSV', ['ssconvert', path, os.path.join(out, 'out.csv')], shutil.which('ssconvert')),
        ('LibreOffice to CSV', [office, '--headless', '--convert-to', 'csv', '--outdir', out, path], shutil.which(office)),
        ('xlsx2csv', ['xlsx2csv', path, os.path.join(out, 'out.csv')], shutil.which('xlsx2csv')),
        ('openpyxl, read only', [python, '-c', OPENPYXL, path], has_openpyxl),
    ]


def grow(folder, check, roster, lines, ending, environment):
    """Lines of which a tenth names somebody; the rest is kept with its reason. Returns the largest file."""
    with open(os.path.join(folder, 'people.csv'), encoding='utf-8') as f:
        emails = [row['email'] for row in csv.DictReader(f)]
    heading = ['Email ID', 'Employee ID', 'Requirement', 'Due Date', 'Message']

    def rows(n):
        yield heading
        for i in range(n):
            known = i % 10 == 0
            yield [emails[i // 10 % len(emails)] if known else 'nobody%07d@example.com' % i, '', 'Required', '2031-12-31', '']

    figures = []
    print('%s that grows, best of %d runs' % (ending, RUNS))
    for n in (1, lines, 10 * lines):
        path = os.path.join(folder, 'grow.%s' % ending)
        if ending == 'xlsx':
            write_xlsx(roster, path, list(rows(n)))
        else:
            with open(path, 'w', encoding='utf-8', newline='') as f:
                csv.writer(f).writerows(rows(n))
        figures.append(least([measure(check + [path], environment) for _ in range(RUNS)]))
        print('  %8d lines, %6.1f MB      %7.3f s  %7.1f MB' % (n, os.path.getsize(path) / 1e6, *figures[-1]))
    (start, base), (small, _), (large, memory) = figures
    print('  ten times the lines: %.1f × the CPU, %.0f MB more than one line takes'
          % ((large - start) / max(small - start, 1e-3), memory - base))
    sys.stdout.flush()
    return path


def main():
    arguments = sys.argv[1:]
    drop = arguments.index('--drop') if '--drop' in arguments else len(arguments)
    parser = argparse.ArgumentParser()
    parser.add_argument('programs', nargs=3)
    parser.add_argument('--lines', type=int, default=100000)
    options = parser.parse_args(arguments[:drop])
    cli, sandbox, roster = (os.path.abspath(path) for path in options.programs)
    lines = options.lines
    folder = tempfile.mkdtemp(prefix='registrar-bench-')
    # What meson sets to find mistakes would be measured, too: memory that is only reserved, for one, is written to.
    environment = {name: value for name, value in os.environ.items()
                   if name not in ('MALLOC_CHECK_', 'MALLOC_PERTURB_', 'G_DEBUG', 'G_SLICE')}
    environment.update(LC_ALL='C.UTF-8', HOME=folder)
    try:
        check = prepare(folder, cli, sandbox, roster, lines)
        print('%d lines against %d people, best of %d runs' % (lines, lines, RUNS))
        for name in ('list.xlsx', 'matrix.xlsx', 'list.csv', 'matrix.csv'):
            compare(folder, check, name, environment)
        large = [grow(folder, check, roster, lines, ending, environment) for ending in ('csv', 'xlsx')]
        if arguments[drop + 1:]:
            small = [os.path.join(folder, name) for name in ('list.csv', 'list.xlsx')]
            subprocess.run(arguments[drop + 1:] + small + large, check=True)
    finally:
        shutil.rmtree(folder)


if __name__ == '__main__':
    main()
