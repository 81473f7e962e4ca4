package io.patchbay.accounts;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks resources for administrators; others get HTTP 401 {@code {"code":401,"message":"Access denied."}}.
 *
 * <p>Paths under {@code /admin} are closed by {@link AuthenticationFilter} already. The mark on each resource keeps them
 * closed whatever path they are reached by.
 */
@NameBinding
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface AdminOnly {}
