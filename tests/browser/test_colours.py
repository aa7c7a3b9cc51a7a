"""Light and dark: as the system has it, until the reader chooses."""

from playwright.sync_api import Browser, Page, expect

from tests.built import Site


def test_the_palette_toggle_works_and_is_remembered(page: Page) -> None:
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    for title in ("Colours follow the system. Switch to light", "Light colours. Switch to dark"):
        page.get_by_title(title).click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


def test_figures_follow_the_palette(page: Page) -> None:
    text = page.locator("figure.lstm-figure svg text").first
    colour = "element => getComputedStyle(element).fill"
    light = text.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert text.evaluate(colour) != light


def test_without_javascript_the_colours_follow_the_system_too(browser: Browser, site: Site) -> None:
    def colours(scheme: str, *, scripts: bool) -> list[str]:
        with browser.new_context(java_script_enabled=scripts, color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(site.url + "one-step/")
            return page.locator("body, header, footer, article :is(h1, p, a, code, span, pre, aside)").evaluate_all(
                """tags => tags.filter(tag => !tag.closest("nav, .headerlink, .md-code__button")).map(tag => {
                    const style = getComputedStyle(tag);
                    return [tag.tagName, style.color, style.backgroundColor, style.borderColor].join();
                })"""
            )

    dark = colours("dark", scripts=False)
    assert dark == colours("dark", scripts=True)
    assert dark != colours("light", scripts=True)
