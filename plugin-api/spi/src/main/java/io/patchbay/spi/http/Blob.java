package io.patchbay.spi.http;

import org.osgi.annotation.versioning.ProviderType;

/** Bytes the host holds (in memory when small, else on disk). They can be sent, not read. */
@ProviderType
public interface Blob {
    /** Returns the number of bytes. */
    long length();

    /** Returns the media type. */
    String contentType();

    /** Returns a file name, maybe empty. */
    String name();
}
