package io.patchbay.relay.picture;

/** Pictures that clients send inside their request: checked as strictly as fetched ones. */
final class DataUrl {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";

    private DataUrl() {}

    static boolean is(String url) {
        return url.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * Reads a picture; what the URL says of its type is replaced by what the bytes say.
     *
     * @throws PictureRefused when it is no picture in base64, or larger than {@code limit} bytes
     */
    static Picture read(String url, long limit) {
        int comma = url.indexOf(',');
        if (comma < BASE64.length() || !url.regionMatches(true, comma - BASE64.length(), BASE64, 0, BASE64.length())) {
            throw new PictureRefused("its data URL is not in base64");
        }
        String base64 = Base64Text.canonical(url.substring(comma + 1));
        if (base64 == null) {
            throw new PictureRefused("its base64 cannot be decoded");
        }
        if (Base64Text.decodedLength(base64) > limit) {
            throw new PictureRefused(PictureFetcher.tooLarge(limit));
        }
        String type = PictureType.of(Base64Text.head(base64, PictureType.HEAD));
        if (type == null) {
            throw new PictureRefused("its bytes are no picture of a known kind");
        }
        return new Picture(type, base64);
    }
}
