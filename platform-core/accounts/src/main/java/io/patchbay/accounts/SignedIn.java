package io.patchbay.accounts;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks resources that need a signed-in user; others are refused before the resource runs. An annotation on a method wins
 * over one on its class. Routes under {@code /v1} and {@code /dashboard} always refuse in the shape of OpenAI.
 */
@NameBinding
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SignedIn {
    /** Returns the shape of a refusal. */
    Refusal refusal() default Refusal.ERROR;

    /** Shapes of a refusal. */
    enum Refusal {
        /** HTTP 200 with {@code {"status":false,"error":..}}, as the account routes of the original. */
        ERROR,
        /** HTTP 200 with {@code {"status":false,"message":..}}, as the conversation routes of the original. */
        MESSAGE,
        /** HTTP 401 or 403 with a problem document, for routes the original does not have. */
        PROBLEM
    }
}
