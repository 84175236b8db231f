package org.privateevolution.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes bytes on between two addresses of this machine, and can stop to, as a network does that is down. */
final class StallingProxy implements AutoCloseable {

    private final ServerSocket server;
    private final InetSocketAddress target;
    private boolean down;
    private long held;

    private StallingProxy(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.target = target;
    }

    /**
     * Passes on what comes to a port of one address to the same port of the other.
     *
     * @param port that is free on both
     */
    static StallingProxy start(String from, String to, int port) throws IOException {
        ServerSocket server = new ServerSocket(port, 50, InetAddress.getByName(from));
        StallingProxy proxy = new StallingProxy(server, new InetSocketAddress(to, port));
        daemon(proxy::accept);
        return proxy;
    }

    /** Holds back every byte from now on, in both directions and of new connections too. */
    synchronized void takeDown() {
        down = true;
    }

    synchronized void bringUp() {
        down = false;
        notifyAll();
    }

    /** How often bytes were held back. */
    synchronized long held() {
        return held;
    }

    private synchronized void awaitNetwork() throws InterruptedException {
        if (down) {
            held++;
        }
        while (down) {
            wait();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                daemon(() -> connect(near));
            } catch (IOException e) {
                // Closed, or gone before it was accepted.
            }
        }
    }

    private void connect(Socket near) {
        try {
            awaitNetwork();
            Socket far = new Socket();
            far.connect(target);
            daemon(() -> pass(near, far));
            pass(far, near);
        } catch (IOException | InterruptedException e) {
            close(near);
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitNetwork();
                out.write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException e) {
            // One side has gone; so does the other.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
