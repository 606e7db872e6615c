"""CMG, DPB and GC: [MS-OVBA] 2.4.3."""

import io
import re

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vba_samples import BY_EXCEL, BY_OTHERS, bin_of

from jixiao.vba.encryption import decrypt, encrypt

EXAMPLE = "{917DED54-440B-4FD1-A5C1-74ACF261E600}"  # [MS-OVBA] 3.1.6
UNPROTECTED, NO_PASSWORD, VISIBLE = "00000000", "00", "ff"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("0705D8E3D8EDDBF1DBF1DBF1DBF1", UNPROTECTED),
        ("0E0CD1ECDFF4E7F5E7F5E7", NO_PASSWORD),
        ("1517CAF1D6F9D7F9D706", VISIBLE),
    ],
)
def test_the_example_of_the_specification_is_read_and_written(text: str, plain: str) -> None:
    assert decrypt(EXAMPLE, text).hex() == plain
    assert encrypt(EXAMPLE, bytes.fromhex(plain), seed=int(text[:2], 16)) == text


@pytest.mark.parametrize("package", (*BY_EXCEL, *BY_OTHERS), ids=lambda package: package.name)
def test_values_of_real_projects_are_read(package) -> None:
    stream = olefile.OleFileIO(io.BytesIO(bin_of(package))).openstream("PROJECT").read().decode("ascii")
    values = dict(re.findall(r'^(ID|CMG|DPB|GC)="(.*)"', stream, re.MULTILINE))
    identifier = values.pop("ID")
    assert {key: decrypt(identifier, text).hex() for key, text in values.items()} == {
        "CMG": UNPROTECTED,
        "DPB": NO_PASSWORD,
        "GC": VISIBLE,
    }


@given(st.uuids(), st.binary(max_size=40), st.integers(0, 255))
def test_data_come_back_whatever_the_seed(identifier, data: bytes, seed: int) -> None:
    name = f"{{{identifier}}}".upper()
    assert decrypt(name, encrypt(name, data, seed)) == data


@pytest.mark.parametrize("text", ["", "15", "1517CB", "1517CAF1D6F9D7F9D7", "1517CAF1D6F9D7F9D70600", "1517CAxx"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=repr(text)):
        decrypt(EXAMPLE, text)


def test_texts_of_another_project_are_refused() -> None:
    with pytest.raises(ValueError, match="'1517CAF1D6F9D7F9D706' is not encrypted for the project {0"):
        decrypt("{0" + EXAMPLE[2:], "1517CAF1D6F9D7F9D706")
