package io.patchbay.server.crash;

/** Who asks. */
enum User {
    /** Has more than can be spent. */
    ANN,
    /** Has more than can be spent, too, so that two accounts change in one transaction. */
    BOB,
    /** Has too little, is given more now and then, and is mostly refused. */
    POOR
}
