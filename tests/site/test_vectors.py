"""The page of the test vectors says what the file says, and gives the files."""

import re

from tests.lstm_ref.vectors import CASES, CONVENTIONS, FILE, FOLDER, TOLERANCE, blocks


def test_the_page_lists_the_cases_as_they_are(site):
    page = site.page("vectors/").soup
    rows = [[cell.text for cell in row.find_all("td")] for row in page.select("table")[0].select("tbody tr")]
    dtypes: dict[tuple[str, str], list[str]] = {}
    for case in CASES.values():
        name = case["name"].removesuffix(f"-{case['dtype']}")
        dtypes.setdefault((name, case["question"].replace("`", "")), []).append(case["dtype"])
    assert rows == [[*case] for case in dtypes]
    (said,) = [tag for tag in page.find_all("p") if tag.text.startswith("In float64 only: ")]
    only = [name for (name, _), found in dtypes.items() if found == ["float64"]]
    assert [code.text for code in said.find_all("code")] == only
    assert {*map(tuple, dtypes.values())} == {("float64",), ("float64", "float32")}


def test_the_site_gives_the_files(site):
    for name in (FILE.name, "schema.json", "check.py", "make.py"):
        assert site.page("vectors/").soup.article.find("a", href=name), name
        assert (site.root / "vectors" / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_the_page_says_the_same_of_masks_and_order(site):
    page = site.page("vectors/").soup
    rows = {
        row.td.text: row.find_all("td")[1].text
        for row in page.find(id="conventions").find_next("table").select("tbody tr")
    }
    assert "a mask is true where a step counts" in rows["x, mask"]
    assert "h before c" in rows["initial_state"] and "zeros where there is none" in rows["initial_state"]
    assert "read last to first" in rows["go_backwards"] and "stay in the order of reading" in rows["go_backwards"]
    assert "zeros if there is none" in rows["a masked step"]
    words = " ".join(page.article.text.split())
    assert "Let the case fail where not (difference <= tolerance): so a NaN fails, too." in words
    assert "It needs Python 3.10 or newer" in words and "It compares expected, not steps." in words
    assert "A case never changes and never goes; cases may be added." in words


def test_the_page_repeats_the_conventions(site):
    table = site.page("vectors/").soup.find(id="conventions").find_next("table")
    rows = {row.td.text: row.find_all("td")[1].text for row in table.select("tbody tr")}
    assert blocks(rows["columns"], 3) == blocks(CONVENTIONS["columns"], 3)
    said = re.findall(r"10−(\d+) in (float\d+)", rows["tolerance"])
    assert {dtype: float(f"1e-{digits}") for digits, dtype in said} == TOLERANCE
