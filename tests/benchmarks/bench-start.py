#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What it costs to start Registrar on a large database, until its list shows people.

    bench-start.py REGISTRAR REGISTRAR-CLI REGISTRAR-SANDBOX SCHEMAS TOOLS [USERS]

The profile is filled from a sandbox, which then ends: no sync counts. The program runs under headless-run until it
has rested for a second; only then the list is looked at, for whoever looks through the accessibility interface
makes the program work. CPU seconds (user + system) and memory are those of its own process. Medians of three.

Then the same with ten times as many people, and once more with a search and everybody found selected, for the memory.
"""
import glob
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 3
TICKS = os.sysconf('SC_CLK_TCK')


def cpu(pid):
    with open('/proc/%d/stat' % pid, encoding='utf-8') as f:
        fields = f.read().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid):
    with open('/proc/%d/status' % pid, encoding='utf-8') as f:
        lines = dict(line.split(':', 1) for line in f)
    return int(lines['VmRSS'].split()[0]) / 1024, int(lines['VmHWM'].split()[0]) / 1024


def wait_for_rest(pid):
    """Until it has used no more than a hundredth of a second in one."""
    last, until = -1.0, time.monotonic() + 120
    while time.monotonic() < until:
        now = cpu(pid)
        if now > 0.05 and now - last <= 0.01:
            return
        last = now
        time.sleep(1)
    sys.exit('the program did not come to rest')


def start(program, drive, mode):
    """On the virtual desktop: prints seconds, megabytes and megabytes at most."""
    child = subprocess.Popen([program])
    wait_for_rest(child.pid)
    seconds, figures = cpu(child.pid), memory(child.pid)
    subprocess.run([drive, '--timeout', '120', 'wait', 'row:*'], check=True)
    if mode == 'used':
        subprocess.run([drive, 'type', 'text:Search users', 'an'], check=True)
        wait_for_rest(child.pid)
        subprocess.run([drive, 'key', 'ctrl+a'], check=True)
        wait_for_rest(child.pid)
        seconds, figures = cpu(child.pid), memory(child.pid)
    print(seconds, *figures)
    child.terminate()
    child.wait(30)


def prepare(folder, cli, sandbox, users):
    lms = subprocess.Popen([sandbox, '--quiet', '--seed', str(users)], stdout=subprocess.PIPE, text=True)
    address = json.loads(lms.stdout.readline())
    token = os.path.join(folder, 'token')
    with open(token, 'w', encoding='utf-8') as f:
        f.write(address['token'])
    base = [cli, '--quiet', '--data-dir', os.path.join(folder, 'registrar')]
    subprocess.run(base + ['connect', '--kind', 'registrar', '--url', address['url'], '--token-file', token], check=True)
    subprocess.run(base + ['sync'], check=True)
    lms.terminate()
    lms.wait()


def multiply(folder, times):
    """Everybody so many times, the others with an address of their own."""
    path, = glob.glob(os.path.join(folder, 'registrar', 'accounts', '*', 'registrar.db'))
    with sqlite3.connect(path) as db:
        columns = [row[1] for row in db.execute('PRAGMA table_info (user)')]
        n, = db.execute('SELECT max(id) FROM user').fetchone()
        for i in range(1, times):
            values = ['id + %d' % (n * i) if c == 'id' else "'%d' || %s" % (i, c) if c in ('email', 'email_key') else c for c in columns]
            db.execute('INSERT INTO user SELECT %s FROM user WHERE id <= %d' % (', '.join(values), n))
    db.close()


def run(program, tools, schemas, folder, mode):
    command = [os.path.join(tools, 'headless-run'), '--env', 'GSETTINGS_SCHEMA_DIR=' + schemas, '--env', 'GSETTINGS_BACKEND=memory',
               '--env', 'XDG_DATA_HOME=' + folder]
    command += ['--timeout', '200', '--', sys.executable, os.path.abspath(__file__), '--inside', program,
                os.path.join(tools, 'ui-drive'), mode]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [float(number) for number in answer.split()[-3:]]


def report(label, goal, runs, *how):
    figures = [run(*how) for _ in range(runs)]
    seconds, now, peak = (statistics.median(f[i] for f in figures) for i in range(3))
    print('  %-34s %6.2f s CPU%s  %5.0f MB, %5.0f MB at most'
          % (label, seconds, ' (goal %.2f)' % goal if goal else '', now, peak))
    sys.stdout.flush()


def main():
    if sys.argv[1] == '--inside':
        start(*sys.argv[2:5])
        return
    program, cli, sandbox, schemas, tools = (os.path.abspath(path) for path in sys.argv[1:6])
    users = int(sys.argv[6]) if len(sys.argv) > 6 else 100000
    missing = [name for name in ('Xvfb', 'dbus-daemon', 'openbox') if shutil.which(name) is None]
    if missing:
        print('Not measured: this needs %s.' % ', '.join(missing))
        return
    folder = tempfile.mkdtemp(prefix='registrar-bench-')
    try:
        prepare(folder, cli, sandbox, users)
        print('%d users, medians of %d starts' % (users, RUNS))
        report('start', 1, RUNS, program, tools, schemas, folder, 'start')
        multiply(folder, 10)
        print('%d users, one start each' % (users * 10))
        report('start', None, 1, program, tools, schemas, folder, 'start')
        report('start, search, select all found', None, 1, program, tools, schemas, folder, 'used')
    finally:
        shutil.rmtree(folder)


if __name__ == '__main__':
    main()
