"""Where the widgets stand on their pages."""

from playwright.sync_api import Locator, expect


def come(mounts: Locator) -> None:
    """Bring each mount to the screen, as a reader does, and wait for its widget."""
    for mount in mounts.all():
        mount.scroll_into_view_if_needed()
        for opener in mount.locator(".open-widget a").filter(visible=True).all():
            opener.click()
        expect(mount).to_have_attribute("data-ready", "")
