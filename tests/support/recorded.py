#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a test, lets every registrar-sandbox that it starts record what it was asked and answered, and checks that against docs/openapi.yaml.

    recorded.py OPENAPI_YAML -- COMMAND [ARGUMENT…]

The sandboxes are in the test's own process or programs of their own, also those that another program starts: they find the folder for their
record in the environment. Output and exit status are the command's; where it passed but an exchange is not as described, or nothing was recorded
at all, the status is 1 and standard error says what is wrong. Without PyYAML the command runs as it is.
"""
import collections
import glob
import json
import os
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
SHOWN = 10


def exchanges(folder):
    """Every line that is whole: a sandbox that was killed may leave half of one."""
    for path in sorted(glob.glob(os.path.join(folder, '*.jsonl'))):
        with open(path, encoding='utf-8', newline='\n') as f:
            for line in f:
                if line.endswith('\n'):
                    yield json.loads(line)


def shorten(text):
    return text if text is None or len(text) <= 400 else text[:400] + '…'


def check(validate, document, folder):
    """Says what is wrong; returns how many exchanges there are, how many answers were broken on purpose, and how many are wrong."""
    api, n = validate.Api(document), collections.Counter()
    for exchange in exchanges(folder):
        n['all'] += 1
        n['broken'] += exchange['fault'] in validate.BROKEN
        try:
            api.check_exchange(exchange)
        except (validate.Mismatch, ValueError) as e:
            n['wrong'] += 1
            if n['wrong'] <= SHOWN:
                print('not as docs/openapi.yaml says: %s\n  %s %s?%s %s\n  asked: %s\n  answered: %s' % (
                    e, exchange['method'], exchange['path'], exchange['query'] or '', exchange['status'], shorten(exchange.get('request')),
                    shorten(exchange.get('answer'))), file=sys.stderr)
    return n


def run(command, folder):
    with subprocess.Popen(command, env=dict(os.environ, REGISTRAR_SANDBOX_RECORD=folder)) as program:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda received, frame: program.send_signal(received))
        return program.wait()


def main():
    if len(sys.argv) < 4 or sys.argv[2] != '--':
        print(__doc__.split('\n\n')[1].strip(), file=sys.stderr)
        return 2
    document, command = sys.argv[1], sys.argv[3:]
    with tempfile.TemporaryDirectory(prefix='registrar-record-') as folder:
        status = run(command, folder)
        try:
            import openapi_validate
        except ImportError as e:
            print('recorded: not checked: %s (Debian package python3-yaml)' % e, file=sys.stderr)
            return status
        n = check(openapi_validate, document, folder)
    print('recorded: %d exchanges checked, %d answers broken on purpose left out, %d wrong' % (n['all'], n['broken'], n['wrong']), file=sys.stderr)
    if status < 0:
        return 128 - status
    if status != 0:
        return status
    if n['all'] == 0:
        print('recorded: no sandbox recorded anything', file=sys.stderr)
    return 1 if n['wrong'] > 0 or n['all'] == 0 else 0


if __name__ == '__main__':
    sys.exit(main())
