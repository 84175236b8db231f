package org.privateevolution.jobs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A standalone Spark master and two workers of one core each, on loopback. */
final class StandaloneCluster implements AutoCloseable {

    private static final int WORKERS = 2;

    private final String master;
    private final List<Process> daemons = new ArrayList<>();

    private StandaloneCluster(String master) {
        this.master = master;
    }

    static StandaloneCluster start(SparkHome home, Path directory) throws IOException, InterruptedException {
        int port = freePort();
        StandaloneCluster cluster = new StandaloneCluster("spark://127.0.0.1:" + port);
        try {
            Path masterLog = directory.resolve("master.log");
            Process master = home.daemon(
                    masterLog,
                    "org.apache.spark.deploy.master.Master",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(port),
                    "--webui-port",
                    "0");
            cluster.daemons.add(master);
            SparkHome.awaitText(master, masterLog, "New state: ALIVE");
            for (int i = 1; i <= WORKERS; i++) {
                cluster.addWorker(home, directory, i);
            }
            return cluster;
        } catch (IOException | InterruptedException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void addWorker(SparkHome home, Path directory, int number) throws IOException, InterruptedException {
        Path log = directory.resolve("worker-" + number + ".log");
        Process worker = home.daemon(
                log,
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
                "--work-dir",
                Files.createDirectories(directory.resolve("work-" + number)).toString(),
                master);
        daemons.add(worker);
        SparkHome.awaitText(worker, log, "Successfully registered with master");
    }

    /** The master's URL. */
    String master() {
        return master;
    }

    /** The executors that are running. */
    List<ProcessHandle> executors() {
        return daemons.stream().flatMap(daemon -> daemon.descendants()).toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        for (Process daemon : daemons) {
            daemon.descendants().forEach(ProcessHandle::destroyForcibly);
            daemon.destroyForcibly();
        }
    }
}
