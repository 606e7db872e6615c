"""Private offices: started, stopped, limited, and never left behind."""

from jixiao.hosts.libreoffice.launcher import Office


def test_a_running_office_answers(office: Office) -> None:
    assert office.service("com.sun.star.frame.Desktop").getImplementationName() == "com.sun.star.comp.framework.Desktop"
