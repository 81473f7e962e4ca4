package io.patchbay.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What jcmd and /proc tell is read right, for each collector. */
final class JvmTest {
    @Test
    void heapOfEachCollector() {
        String metaspace = " Metaspace       used 21K, committed 64K, reserved 1114112K\n";
        assertThat(Jvm.heapKb("1:\ngarbage-first heap   total reserved 6172672K, committed 393216K, used 4034K [0x0)\n"
                        + " region size 4096K, 1 young (4096K), 0 survivors (0K)\n" + metaspace))
                .isEqualTo(4_034);
        assertThat(Jvm.heapKb("1:\nDefNew     total 19648K, used 3161K [0x0)\n eden space 17472K,  18% used [0x0)\n"
                        + "Tenured    total 43712K, used 1166K [0x0)\n the  space 43712K,   2% used [0x0)\n"
                        + metaspace))
                .isEqualTo(3_161 + 1_166);
        assertThat(Jvm.heapKb("1:\nZHeap            used 6M, capacity 378M, max capacity 6028M\n Cache  372M (1)\n"))
                .isEqualTo(6 * 1_024);
        assertThat(Jvm.heapKb("1:\nShenandoah Heap\n 6028M max, 6028M soft max, 392M committed, 14336K used\n"))
                .isEqualTo(14_336);
        assertThat(Jvm.metaspaceKb(metaspace)).isEqualTo(21);
        assertThatThrownBy(() -> Jvm.heapKb("nothing")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void thisProcessUsesProcessorAndMemory() {
        List<Long> self = List.of(ProcessHandle.current().pid());
        double before = ProcFs.cpuSeconds(self);
        long end = System.nanoTime() + 60_000_000_000L;
        double after = before;
        while (after - before < 0.05 && System.nanoTime() < end) {
            after = ProcFs.cpuSeconds(self);
        }
        assertThat(after - before).isGreaterThanOrEqualTo(0.05);
        assertThat(ProcFs.residentMb(self)).isBetween(10.0, 10_000.0);
        assertThat(ProcFs.cpuSeconds(List.of(Long.MAX_VALUE))).isZero();
    }

    @Test
    void thisProcessHasCompiledSomething() {
        List<Long> self = List.of(ProcessHandle.current().pid());
        long end = System.nanoTime() + 60_000_000_000L;
        double compilers = ProcFs.compilerSeconds(self);
        while (compilers == 0 && System.nanoTime() < end) {
            compilers = ProcFs.compilerSeconds(self);
        }
        assertThat(compilers).isPositive().isLessThan(ProcFs.cpuSeconds(self));
        assertThat(ProcFs.compilerSeconds(List.of(Long.MAX_VALUE))).isZero();
    }
}
