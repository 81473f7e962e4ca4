package io.patchbay.server.http;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The server's platform threads, which leave requests to virtual ones. Jetty by itself does so for the first request of a
 * connection only: behind an answer that another thread has finished, the connection goes on to the next request on a
 * platform thread, which then waits for the ledger and wakes slowly.
 */
final class ServerThreads extends QueuedThreadPool {
    ServerThreads(int most, int least) {
        super(most, least);
    }

    @Override
    public void execute(Runnable job) {
        Executor requests = getVirtualThreadsExecutor();
        if (job instanceof Connection && requests != null) {
            requests.execute(job);
        } else {
            super.execute(job);
        }
    }
}
