package io.patchbay.server;

import io.patchbay.accounts.AccountRefusal;
import io.patchbay.foundation.config.ConfigException;
import io.patchbay.foundation.config.ConfigSource;
import io.patchbay.foundation.config.LogConfig;
import io.patchbay.foundation.config.PatchbayConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line: serves, unless told to do something else. Exit codes: 0 done, 1 failed, 2 wrong options, 78 wrong configuration. */
@Command(
        name = "patchbay",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionProvider.class,
        description = "An AI chat site and OpenAI-format relay whose providers are plugins.",
        subcommands = {Main.RootPassword.class})
public final class Main implements Callable<Integer> {
    private static final int WRONG_CONFIGURATION = 78;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "folder of all state (default: environment PATCHBAY_HOME, else ./data)")
    private @Nullable Path home;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "port to listen on, 0 for any free one (default: environment SERVER_PORT, else 8094)")
    private @Nullable Integer port;

    /** Runs the command line and exits with its code. */
    public static void main(String[] arguments) {
        int code = new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> report(command, failure))
                .execute(arguments);
        System.exit(code);
    }

    private static int report(CommandLine command, Exception failure) {
        if (failure instanceof ConfigException || failure instanceof AccountRefusal) {
            command.getErr().println(failure.getMessage());
            return WRONG_CONFIGURATION;
        }
        command.getErr().println("Patchbay could not start: " + failure.getMessage());
        failure.printStackTrace(command.getErr());
        return 1;
    }

    @Override
    public Integer call() throws Exception {
        ConfigSource source = source();
        Patchbay patchbay = Patchbay.start(PatchbayConfig.from(folder(), source), LogConfig.from(source));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            patchbay.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        patchbay.greet(System.out);
        stopped.await();
        return 0;
    }

    PatchbayConfig config() {
        return PatchbayConfig.from(folder(), source());
    }

    private Path folder() {
        Path folder = home == null ? Path.of(System.getenv().getOrDefault("PATCHBAY_HOME", "data")) : home;
        return folder.toAbsolutePath().normalize();
    }

    private ConfigSource source() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (port != null) {
            environment.put("SERVER_PORT", Integer.toString(port));
        }
        return ConfigSource.load(folder(), environment);
    }

    /** Sets the password of the first administrator while the server is stopped. */
    @Command(name = "root", description = "Sets the password of the user root and ends its sessions.")
    static final class RootPassword implements Callable<Integer> {
        @CommandLine.ParentCommand
        private @Nullable Main parent;

        @Parameters(paramLabel = "PASSWORD", description = "6 to 36 characters")
        private String password = "";

        @Override
        public Integer call() {
            if (parent != null) {
                Patchbay.setRootPassword(parent.config(), password);
                System.out.println("The password of root is set.");
            }
            return 0;
        }
    }

    /** Tells the version. */
    static final class VersionProvider implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Patchbay " + Patchbay.version()};
        }
    }
}
