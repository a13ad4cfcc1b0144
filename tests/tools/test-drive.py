#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""headless-run and ui-drive together, on a window of three widgets: what is typed and clicked arrives.

Without arguments the test; with --window the window it drives.
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77


def window():
    import gi
    gi.require_version('Gtk', '4.0')
    from gi.repository import Gtk

    def activate(app):
        entry = Gtk.Entry()
        entry.update_property([Gtk.AccessibleProperty.LABEL], ['Name'])
        label = Gtk.Label(label='Nobody yet')
        button = Gtk.Button(label='Greet')
        button.connect('clicked', lambda b: label.set_label('Hello ' + entry.get_text()))
        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
        for child in (entry, button, label):
            box.append(child)
        Gtk.ApplicationWindow(application=app, title='Three widgets', child=box).present()

    app = Gtk.Application(application_id='io.github.registrar_lms.TestWindow')
    app.connect('activate', activate)
    return app.run([])


def drive(folder):
    script = os.path.join(folder, 'steps')
    picture = os.path.join(folder, 'window.png')
    with open(script, 'w', encoding='utf-8') as f:
        f.write('wait "window:Three widgets"\n'
                'type Name "Jürgen Weiß"\n'
                'click Greet\n'
                'wait "label:Hello Jürgen Weiß"\n'
                'gone "Nobody yet"\n'
                'audit\n'
                'shot %s\n' % picture)
    inside = '"$1" --window & "$2" run "$3"; status=$?; kill $!; wait; exit $status'
    done = subprocess.run([os.path.join(HERE, 'headless-run'), '--timeout', '100', '--', 'sh', '-c', inside, 'sh',
                           os.path.abspath(__file__), os.path.join(HERE, 'ui-drive'), script],
                          env=dict(os.environ, UI_DRIVE_TIMEOUT='30'))
    if done.returncode != 0:
        return done.returncode
    with open(picture, 'rb') as f:
        return 0 if f.read(8) == b'\x89PNG\r\n\x1a\n' else 1


def main():
    if sys.argv[1:] == ['--window']:
        return window()
    probe = 'import gi; gi.require_version("Atspi", "2.0"); gi.require_version("Gtk", "4.0")'
    if subprocess.run(['/usr/bin/python3', '-c', probe], stderr=subprocess.DEVNULL).returncode != 0:
        print('skipped: python3-gi, gir1.2-atspi-2.0 or gir1.2-gtk-4.0 is not installed')
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        return drive(folder)


if __name__ == '__main__':
    sys.exit(main())
