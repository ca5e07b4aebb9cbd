"""Words on widgets: shown in the language in use, remembered on the widget, said again when the language changes."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import Qt as QtText  # the functions about rich text live here
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.record.text import Text, language, say, use

_KEPT = "texts"  # dynamic property: setter -> Text
_TIP = "setToolTip"


def literal(words: str) -> str:
    """Words for a tooltip, which has no plain form: Qt would read tags in data (a client's name) and show the files they name."""
    return QtText.convertFromPlainText(words) if QtText.mightBeRichText(words) else words


def put(obj: QObject, setter: str, text: Text | str) -> None:
    """Show a text through a setter and remember it; a plain string is data and is only shown."""
    kept = _kept(obj)
    if isinstance(text, Text):
        obj.setProperty(_KEPT, {**kept, setter: text})
    elif setter in kept:
        obj.setProperty(_KEPT, {name: old for name, old in kept.items() if name != setter})
    _say(obj, setter, text)


def _say(obj: QObject, setter: str, text: Text | str) -> None:
    getattr(obj, setter)(literal(say(text)) if setter == _TIP else say(text))


def switch(language: str) -> None:
    """Speak another language from now on, in everything that is on the screen or built already."""
    use(language)
    app = cast(QApplication, QApplication.instance())
    _switch_qt(app)
    for widget in app.allWidgets():
        _say_again(widget)
        for action in widget.actions():
            _say_again(action)
    for window in app.topLevelWidgets():
        _tell(window)


def say_again(window: QWidget) -> None:
    """Say everything in a window again: words a hotel keeps in its data have changed."""
    for widget in (window, *window.findChildren(QWidget)):
        _say_again(widget)
    _tell(window)


def _kept(obj: QObject) -> dict[str, Text]:
    return cast("dict[str, Text]", obj.property(_KEPT) or {})


def _say_again(obj: QObject) -> None:
    for setter, text in _kept(obj).items():
        _say(obj, setter, text)


def _switch_qt(app: QApplication) -> None:
    """Qt's own dialogs, menus and calendars."""
    locale = QLocale(language())
    QLocale.setDefault(locale)
    for old in app.findChildren(QTranslator, "qt-words"):
        app.removeTranslator(old)
        old.deleteLater()
    words = QTranslator(app)
    words.setObjectName("qt-words")
    if words.load(f"qtbase_{language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)


def _tell(window: QWidget) -> None:
    """What paints its words itself hears of it as Qt's LanguageChange, which goes on to every child."""
    window.setLocale(QLocale())
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    window.update()
