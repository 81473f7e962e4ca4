package io.patchbay.kernel.generation;

import io.patchbay.kernel.ServiceKind;

/**
 * A service object that a loaded plugin provides, held for as long as its generation lives.
 *
 * @param <T> the service interface
 * @param <D> its descriptor's type
 * @param kind what kind of service it is
 * @param id its id within the kind
 * @param service the object, made by the plugin
 * @param descriptor what it says of itself, read once
 */
public record Provided<T, D>(ServiceKind<T, D> kind, String id, T service, D descriptor) {}
