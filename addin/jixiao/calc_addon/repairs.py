ENDINGS = (".xlsx", ".xlsm")


def mend_document(document):
    pass


def mend_file(path):
    pass
