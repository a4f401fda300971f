package dev.hearsay.live.network;

import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the files of one network lie: {@code $XDG_STATE_HOME/hearsay/<name>/}, readable by its owner only. A file is
 * written aside and then renamed, so whoever reads sees the old one or the new one, whole.
 */
public final class NetworkDirectory {

    /** The network that commands mean unless told otherwise. */
    public static final String DEFAULT_NAME = "default";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern HOST_FILE = Pattern.compile("(all|s?\\d{1,9})\\.json");

    private final Path path;

    private NetworkDirectory(Path path) {
        this.path = path;
    }

    /**
     * The folder that holds all networks of this user.
     *
     * @param environment of the process: {@code XDG_STATE_HOME} and {@code HOME} are looked at
     */
    public static Path home(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        if (!state.isEmpty() && Path.of(state).isAbsolute()) {
            return Path.of(state, "hearsay");
        }
        String user = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return Path.of(user, ".local", "state", "hearsay");
    }

    /**
     * The directory of a network, which need not exist.
     *
     * @throws IllegalArgumentException if the name is not fit for one
     */
    public static NetworkDirectory of(Path home, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name
                            + "' is not a network name; use letters, digits, '.', '_' and '-', 64 at most, a letter or digit first");
        }
        return new NetworkDirectory(home.resolve(name));
    }

    /** A network's directory by its path. */
    public static NetworkDirectory at(Path path) {
        return new NetworkDirectory(path);
    }

    /** All networks there are, by name. */
    public static List<NetworkDirectory> list(Path home) throws IOException {
        List<NetworkDirectory> found = new ArrayList<>();
        if (Files.isDirectory(home)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(home)) {
                for (Path child : children) {
                    if (Files.isRegularFile(child.resolve("network.json"))) {
                        found.add(new NetworkDirectory(child));
                    }
                }
            }
        }
        found.sort(Comparator.comparing(NetworkDirectory::name));
        return found;
    }

    public Path path() {
        return path;
    }

    public String name() {
        return String.valueOf(path.getFileName());
    }

    /** Where the store of an in-process host lies. */
    public Path data() {
        return path.resolve("data");
    }

    /** Where the store of a node that is a process of its own lies. */
    public Path data(String host) {
        return data().resolve("node-" + host);
    }

    /** The log of a host. */
    public Path log(String host) {
        return path.resolve("log").resolve("host-" + host + ".log");
    }

    /** Makes the folders, for the owner only. */
    public void create() throws IOException {
        createFolder(path);
        createFolder(hosts());
        createFolder(path.resolve("log"));
        createFolder(data());
    }

    /** Whether there is a network here. */
    public boolean exists() {
        return Files.isRegularFile(networkFile());
    }

    /**
     * The network here, if there is one.
     *
     * @throws IOException with one sentence for people, if the file cannot be read or makes no sense
     */
    public Optional<NetworkFile> readNetwork() throws IOException {
        Optional<byte[]> content = read(networkFile());
        try {
            return content.isEmpty() ? Optional.empty() : Optional.of(NetworkFile.parse(content.get()));
        } catch (WireException e) {
            throw new IOException(networkFile() + " cannot be understood: " + e.getMessage(), e);
        }
    }

    public void write(NetworkFile file) throws IOException {
        write(networkFile(), file.toJson());
    }

    /** The file of one host, if it has been written. */
    public Optional<HostFile> readHost(String host) throws IOException {
        Path file = hostFile(host);
        Optional<byte[]> content = read(file);
        try {
            return content.isEmpty() ? Optional.empty() : Optional.of(HostFile.parse(content.get()));
        } catch (WireException e) {
            throw new IOException(file + " cannot be understood: " + e.getMessage(), e);
        }
    }

    /** The files of all hosts, dead ones included, by number. */
    public List<HostFile> readHosts() throws IOException {
        List<HostFile> found = new ArrayList<>();
        if (Files.isDirectory(hosts())) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(hosts())) {
                for (Path child : children) {
                    var matcher = HOST_FILE.matcher(String.valueOf(child.getFileName()));
                    if (matcher.matches()) {
                        readHost(matcher.group(1)).ifPresent(found::add);
                    }
                }
            }
        }
        found.sort(Comparator.comparing(HostFile::host));
        return found;
    }

    /** The hosts whose processes are alive. */
    public List<HostFile> liveHosts() throws IOException {
        return readHosts().stream().filter(HostFile::isAlive).toList();
    }

    public void write(HostFile file) throws IOException {
        write(hostFile(file.host()), file.toJson());
    }

    /** Takes the file of a host away; nothing happens if there is none. */
    public void removeHost(String host) throws IOException {
        Files.deleteIfExists(hostFile(host));
    }

    private Path networkFile() {
        return path.resolve("network.json");
    }

    private Path hosts() {
        return path.resolve("hosts");
    }

    private Path hostFile(String host) {
        return hosts().resolve(host + ".json");
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + reason(e), e);
        }
    }

    private static void write(Path file, String content) throws IOException {
        Path aside = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        createFolder(file.resolveSibling(""));
        try {
            Files.deleteIfExists(aside);
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(aside, options, ownerOnly)) {
                var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(aside);
            throw new IOException(file + " cannot be written: " + reason(e), e);
        }
    }

    private static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new IOException(folder + " cannot be made: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file is in the way";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
