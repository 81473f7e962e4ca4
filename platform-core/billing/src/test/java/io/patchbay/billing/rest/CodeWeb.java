package io.patchbay.billing.rest;

import io.patchbay.billing.code.CodeBatch;
import io.patchbay.billing.code.CodeKind;
import io.patchbay.billing.code.CodeOrder;
import io.patchbay.billing.code.Codes;
import org.jspecify.annotations.Nullable;

/** What the tests of the routes of codes share. */
final class CodeWeb {
    private CodeWeb() {}

    static Codes codes(WebApp web) {
        return new Codes(web.test.database(), web.test.ledger(), web.accounts.audit(), web.test.clock());
    }

    /** Makes codes of 2.5 credits. */
    static CodeBatch make(WebApp web, CodeKind kind, @Nullable String type, int number) {
        return codes(web).generate(new CodeOrder(kind, type, 2_500_000, number, 1, null), "chief");
    }

    static String body(String code) {
        return "{\"code\":\"" + code + "\"}";
    }
}
