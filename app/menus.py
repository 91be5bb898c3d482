"""The menu bar: every action in its place."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from app.actions import Actions

translate = QCoreApplication.translate


def fill_menus(bar: QMenuBar, actions: Actions, languages: QMenu) -> None:
    """Make the menus; a None is a line between groups."""
    for title, entries in _menus(actions, languages):
        menu = bar.addMenu(title)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(entry)


def _menus(a: Actions, languages: QMenu) -> list[tuple[str, list[QAction | None]]]:
    return [
        (
            translate("Menus", "&Song"),
            [a.open, a.open_next, None, a.separate, a.cancel, a.at_once, None]
            + [a.export, a.export_all, a.save_picture, a.show_folder, None]
            + [a.checkpoints, a.kept, None, a.quit],
        ),
        (translate("Menus", "&Edit"), [a.undo, a.redo]),
        (
            translate("Menus", "&Playback"),
            [a.play, a.to_start, a.back, a.forward, a.back_little, a.forward_little, None]
            + [a.mixture, a.instrumental, a.vocals, a.match, a.blind_test, None]
            + [a.loop, a.loop_in, a.loop_out, a.run_again, a.next_take, None]
            + [a.louder, a.quieter],
        ),
        (
            translate("Menus", "&View"),
            [
                a.low_end,
                a.difference,
                a.low_end_meter,
                a.dropouts,
                a.takes,
                None,
                a.zoom_in,
                a.zoom_out,
                a.fit,
                None,
                a.mixer,
                a.queue,
                None,
            ]
            + [languages.menuAction(), a.full_screen],
        ),
        (translate("Menus", "&Help"), [a.details, a.copy_report, a.dismiss, None, a.about]),
    ]
