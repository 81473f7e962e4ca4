-- Settings of which there is one each; the version lets two nodes change one without losing a change.
CREATE TABLE setting (
    name    ${name} NOT NULL PRIMARY KEY,
    value   ${text} NOT NULL,
    version BIGINT  NOT NULL
) ${options};
