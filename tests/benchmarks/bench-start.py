#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What it costs to start Registrar on a large database, until its list shows people.

    bench-start.py REGISTRAR REGISTRAR-CLI REGISTRAR-SANDBOX SCHEMAS TOOLS [USERS]

The profile is filled from a sandbox, which then ends: no sync counts. The program runs under headless-run, twice:
as a person sees it, until the first row of the list can be read (what the screen reader's interface costs is in
it), and without that interface until it has rested for a second. CPU seconds (user + system) and memory are
those of the program's own process. Medians of three.
"""
import json
import os
import shutil
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
    if mode == 'seen':
        subprocess.run([drive, '--timeout', '120', 'wait', 'row:*'], check=True)
    else:
        wait_for_rest(child.pid)
    print(cpu(child.pid), *memory(child.pid))
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


def run(program, tools, schemas, folder, mode):
    command = [os.path.join(tools, 'headless-run'), '--env', 'GSETTINGS_SCHEMA_DIR=' + schemas, '--env', 'GSETTINGS_BACKEND=memory',
               '--env', 'XDG_DATA_HOME=' + folder]
    if mode == 'rest':
        command += ['--no-a11y', '--env', 'GTK_A11Y=none']
    command += ['--timeout', '200', '--', sys.executable, os.path.abspath(__file__), '--inside', program,
                os.path.join(tools, 'ui-drive'), mode]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [float(number) for number in answer.split()[-3:]]


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
        for mode, label in (('seen', 'until the first row can be read'), ('rest', 'until at rest, no accessibility')):
            figures = [run(program, tools, schemas, folder, mode) for _ in range(RUNS)]
            seconds, now, peak = (statistics.median(f[i] for f in figures) for i in range(3))
            print('  %-34s %6.2f s CPU (goal 1.00)  %5.0f MB, %5.0f MB at most' % (label, seconds, now, peak))
            sys.stdout.flush()
    finally:
        shutil.rmtree(folder)


if __name__ == '__main__':
    main()
