package io.patchbay.server.bounds;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads how much of its heap another process holds on to. */
final class HeapGauge implements AutoCloseable {
    private final JMXConnector connector;
    private final MemoryMXBean memory;

    private HeapGauge(JMXConnector connector, MemoryMXBean memory) {
        this.connector = connector;
        this.memory = memory;
    }

    /** Attaches to a virtual machine of this user. */
    static HeapGauge of(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try {
            JMXConnector connector =
                    JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            return new HeapGauge(
                    connector,
                    ManagementFactory.newPlatformMXBeanProxy(
                            connector.getMBeanServerConnection(),
                            ManagementFactory.MEMORY_MXBEAN_NAME,
                            MemoryMXBean.class));
        } finally {
            machine.detach();
        }
    }

    /** Returns the bytes in use after two full collections: what the first finalises the second takes. */
    long afterCollection() {
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Returns the bytes in use now. */
    long used() {
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Returns the size the heap may have. */
    long most() {
        return memory.getHeapMemoryUsage().getMax();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
