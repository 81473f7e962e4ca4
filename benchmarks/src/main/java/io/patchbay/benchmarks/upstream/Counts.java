package io.patchbay.benchmarks.upstream;

/** What the upstream has done since it started; of the loop's thread. */
final class Counts {
    long connections;
    long requests;
    long unknown;
    long answered;
    long open;
    long mostOpen;
    long chunks;
    long abandoned;
    long malformed;
    long bodyBytes;

    String json() {
        return "{\"connections\":" + connections + ",\"requests\":" + requests + ",\"unknown\":" + unknown
                + ",\"answered\":" + answered + ",\"open\":" + open + ",\"most_open\":" + mostOpen + ",\"chunks\":"
                + chunks + ",\"abandoned\":" + abandoned + ",\"malformed\":" + malformed + ",\"body_bytes\":"
                + bodyBytes + "}\n";
    }
}
