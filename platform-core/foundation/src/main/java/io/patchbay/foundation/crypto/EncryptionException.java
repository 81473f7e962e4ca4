package io.patchbay.foundation.crypto;

import org.jspecify.annotations.Nullable;

/** Thrown when a text cannot be encrypted or decrypted; never quotes it. */
public final class EncryptionException extends RuntimeException {
    EncryptionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
