package io.patchbay.kernel.framework;

/** Sets the thread's context class loader for a block, and restores it. */
final class LoaderScope implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();

    private LoaderScope() {}

    static LoaderScope enter(ClassLoader loader) {
        LoaderScope scope = new LoaderScope();
        scope.thread.setContextClassLoader(loader);
        return scope;
    }

    @Override
    public void close() {
        thread.setContextClassLoader(before);
    }
}
