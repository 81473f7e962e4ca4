package io.patchbay.relay.task;

import io.patchbay.relay.artifact.Artifacts;
import io.patchbay.spi.Fault;
import io.patchbay.spi.FaultKind;
import io.patchbay.spi.task.Artifact;
import io.patchbay.spi.task.TaskNews;
import io.patchbay.spi.task.TaskPhase;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every product has an address a client may be given: http(s) addresses stay, the content of data URLs
 * is stored, what only the channel's key can fetch is promised, everything else is left out. A task that succeeded and of whose products nothing is left has failed.
 */
final class TaskProducts {
    private static final Logger log = LoggerFactory.getLogger(TaskProducts.class);
    private static final int LONGEST_URL = 4_000;

    private final Artifacts artifacts;
    private final ProductFetches fetches;

    TaskProducts(Artifacts artifacts, ProductFetches fetches) {
        this.artifacts = artifacts;
        this.fetches = fetches;
    }

    /** Returns news whose products have addresses; blocks on disk and database when not all had one. */
    TaskNews addressed(String taskId, TaskNews news) {
        if (news.artifacts().stream().allMatch(artifact -> isAddress(artifact.url()))) {
            return news;
        }
        // A preview is replaced in seconds, so only what is final is worth the disk.
        boolean stores = news.phase() == TaskPhase.SUCCEEDED;
        List<Artifact> kept = news.artifacts().stream()
                .map(artifact -> addressed(taskId, artifact, stores))
                .filter(Objects::nonNull)
                .toList();
        if (stores && kept.isEmpty() && news.text() == null) {
            return TaskNews.failed(Fault.of(FaultKind.UPSTREAM, "the upstream's product could not be used"));
        }
        return TaskNewsCopy.with(news, kept);
    }

    private @Nullable Artifact addressed(String taskId, Artifact artifact, boolean stores) {
        if (isAddress(artifact.url())) {
            return artifact;
        }
        boolean held = artifact.upstreamReference() != null;
        if (!stores || !(held || Artifacts.isDataUrl(artifact.url()))) {
            return null;
        }
        try {
            if (held) {
                return fetches.promise(taskId, artifact);
            }
            String url = artifacts.storeDataUrl(artifact.url());
            return new Artifact(artifact.kind(), url, artifact.contentType(), false);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            log.warn("a product of task {} could not be stored: {}", taskId, e.getMessage());
            return null;
        }
    }

    private static boolean isAddress(String url) {
        String start = url.substring(0, Math.min(url.length(), 8)).toLowerCase(Locale.ROOT);
        return (start.startsWith("http://") || start.equals("https://"))
                && url.length() <= LONGEST_URL
                && url.chars().noneMatch(character -> character <= ' ' || character == 127);
    }
}
