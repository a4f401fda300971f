package dev.hearsay.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the figures were taken on, in general terms. */
public final class MachineInfo {

    private static final double GIBIBYTE = 1 << 30;

    private MachineInfo() {}

    /** How many processes were ready to run, on average over the last minute; negative where nobody knows. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Processor time that this JVM has used so far, all threads together; 0 where nobody knows. */
    public static long cpuNanosOfThisProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(0, system.getProcessCpuTime())
                : 0;
    }

    static Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            facts.put("memoryGibibytes", Math.round(system.getTotalMemorySize() / GIBIBYTE));
        }
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("java", System.getProperty("java.runtime.version"));
        return facts;
    }

    /** One line for people. */
    public static String describe() {
        Map<String, Object> facts = facts();
        return facts.get("cores") + " cores, " + facts.getOrDefault("memoryGibibytes", "?") + " GiB, " + facts.get("os")
                + ", Java " + facts.get("java") + "; load " + Numbers.of(load());
    }
}
