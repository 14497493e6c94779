"""A window whose photos can make room for another page."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QToolBar, QVBoxLayout, QWidget

from gui.views.action_window import ActionWindow
from gui.views.banner import Banner
from gui.views.theme import Theme


class PageWindow(ActionWindow):
    """Shows the photos or a page in their place; what acts on photos rests meanwhile.

    Attributes:
        pages: the photos first, then other pages.
        tool_bar: the photos'.
        banner: where messages appear; it follows to each page.
        middle: the column of the photos that the banner heads.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.pages = QStackedWidget()
        self.tool_bar = QToolBar()
        self.banner = Banner(theme)
        self.middle = QVBoxLayout()

    def add_page(self, page: QWidget) -> None:
        """Have one more page."""
        self.pages.addWidget(page)

    def show_page(self, page: QWidget | None) -> None:
        """Show a page, or with ``None`` the photos; the banner of a page is its own to place."""
        photos = page is None
        if page is None:
            self.pages.setCurrentIndex(0)
            self.middle.insertWidget(0, self.banner)
        else:
            self.pages.setCurrentWidget(page)
        self.tool_bar.setVisible(photos)
        for action in self.photo_actions():
            action.setVisible(photos)
        for menu in (self.edit_menu, self.face_menu):
            menu.menuAction().setVisible(photos)
