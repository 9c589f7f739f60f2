// SPDX-License-Identifier: MIT
// Draws the figures of the growth benchmarks, which come as JSON lines, as SVG.
//
//     growth_bodies | plots FOLDER    write a file for each figure of which there are points
//     plots --check FOLDER            say which file there is no plot
//
// Lines that are no points of a plot are passed over, so that what ctest prints will do.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

namespace {

namespace fs = std::filesystem;

struct point {
    double x{};
    double ratio{};
};
using lines = std::map<std::string, std::vector<point>>;  // by series

/// What a figure is about.
struct plot {
    std::string_view figure;
    std::string_view file;
    std::string_view title;
    std::string_view x_label;
    std::string_view baseline;
    bool bytes = false;  ///< What grows is counted in them.
};

constexpr std::array<plot, 4> plots{{
    {"growth.body", "bodies.svg", "GetObject and PutObject: CPU by size of the body",
     "bytes in the body", "a kept libcurl handle", true},
    {"growth.flight", "flight.svg", "Calls on one loop: time and CPU of each", "calls in flight",
     "a libcurl multi handle"},
    {"growth.threads", "threads.svg", "Blocking calls on one session: time and CPU of each",
     "threads", "a kept libcurl handle a thread"},
    {"growth.keys", "keys.svg", "Reading a page of S3 keys: CPU", "keys in the page", "pugixml"},
}};

// Lines and words in colours that are read on white and on black.
constexpr std::string_view words = "#7d7d7d";
constexpr std::array<std::string_view, 3> colours{"#2f81f7", "#e0752d", "#2da44e"};

constexpr double width = 720, height = 360;
constexpr double left = 70, right = 20, top = 60, bottom = 60;

/// 1024 is "1 KB" of a body and "1,024" of anything else.
std::string amount(double x, bool bytes) {
    auto rest = static_cast<unsigned long long>(x);
    if (bytes) {
        std::size_t unit = 0;
        constexpr std::array<std::string_view, 4> units{" B", " KB", " MB", " GB"};
        for (; rest >= 1024 && unit + 1 < units.size(); ++unit) rest /= 1024;
        return std::to_string(rest).append(units[unit]);
    }
    std::string text = std::to_string(rest);
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
    return text;
}

std::string number(double value) {
    std::ostringstream out;
    out.precision(1);
    out << std::fixed << value;
    return out.str();
}

/// Where values are on the paper: x by its logarithm, with nothing a little left of the least.
class paper {
public:
    explicit paper(const lines& all) {
        for (const auto& [name, points] : all)
            for (const point& one : points) {
                xs_.push_back(one.x);
                most_ = std::max(most_, one.ratio);
            }
        std::sort(xs_.begin(), xs_.end());
        xs_.erase(std::unique(xs_.begin(), xs_.end()), xs_.end());
        step_ = most_ > 2 ? 0.5 : 0.25;
        most_ = std::ceil(most_ * 1.05 / step_) * step_;
        const auto least = std::upper_bound(xs_.begin(), xs_.end(), 0.0);
        const double first = least == xs_.end() ? 1 : *least;
        nothing_ = first / 8;
        begin_ = std::log(xs_.front() > 0 ? first : nothing_);
        end_ = std::max(std::log(std::max(xs_.back(), 1.0)), begin_ + 1);
    }
    double x(double value) const {
        const double at = (std::log(value > 0 ? value : nothing_) - begin_) / (end_ - begin_);
        return left + 15 + at * (width - left - right - 45);
    }
    double y(double ratio) const {
        return height - bottom - ratio / most_ * (height - top - bottom);
    }
    const std::vector<double>& xs() const { return xs_; }
    double most() const { return most_; }
    double step() const { return step_; }

private:
    std::vector<double> xs_{};
    double most_ = 1;
    double step_ = 0.25;
    double nothing_ = 1;
    double begin_ = 0;
    double end_ = 1;
};

/// Elements one below the other; pugixml writes them.
class drawing {
public:
    explicit drawing(std::string_view title) : root_(file_.append_child("svg")) {
        set(root_, {{"xmlns", "http://www.w3.org/2000/svg"},
                    {"viewBox", "0 0 " + number(width) + " " + number(height)},
                    {"font-family", "sans-serif"},
                    {"font-size", "13"},
                    {"role", "img"}});
        root_.append_child("title").text().set(std::string(title).c_str());
    }
    void line(point from, point to, std::string_view dashes = "") {
        pugi::xml_node one = root_.append_child("line");
        set(one, {{"x1", number(from.x)},
                  {"y1", number(from.ratio)},
                  {"x2", number(to.x)},
                  {"y2", number(to.ratio)},
                  {"stroke", std::string(words)},
                  {"stroke-opacity", dashes.empty() ? "0.35" : "1"}});
        if (!dashes.empty()) set(one, {{"stroke-dasharray", std::string(dashes)}});
    }
    pugi::xml_node text(point at, std::string_view what, std::string_view anchor = "middle") {
        pugi::xml_node one = root_.append_child("text");
        set(one, {{"x", number(at.x)},
                  {"y", number(at.ratio)},
                  {"text-anchor", std::string(anchor)},
                  {"fill", std::string(words)}});
        one.text().set(std::string(what).c_str());
        return one;
    }
    void curve(const std::vector<point>& through, std::string_view colour) {
        std::string all;
        for (const point& one : through) all += number(one.x) + "," + number(one.ratio) + " ";
        all.pop_back();
        set(root_.append_child("polyline"), {{"points", all},
                                             {"fill", "none"},
                                             {"stroke", std::string(colour)},
                                             {"stroke-width", "2"}});
        for (const point& one : through)
            set(root_.append_child("circle"), {{"cx", number(one.x)},
                                               {"cy", number(one.ratio)},
                                               {"r", "3.5"},
                                               {"fill", std::string(colour)}});
    }
    static void set(pugi::xml_node to,
                    const std::vector<std::pair<const char*, std::string>>& all) {
        for (const auto& [name, value] : all) to.append_attribute(name).set_value(value.c_str());
    }
    void save(const fs::path& to) const {
        file_.save_file(to.c_str(), "  ", pugi::format_no_declaration | pugi::format_indent);
    }

private:
    pugi::xml_document file_{};
    pugi::xml_node root_;
};

void draw_axes(drawing& on, const paper& where, const plot& what) {
    for (int i = 0; i * where.step() <= where.most() + 0.01; ++i) {
        const double ratio = i * where.step();
        on.line({left, where.y(ratio)}, {width - right, where.y(ratio)});
        std::ostringstream value;
        value << ratio;
        on.text({left - 8, where.y(ratio) + 4}, value.str(), "end");
    }
    for (const double x : where.xs())
        on.text({where.x(x), height - bottom + 20}, amount(x, what.bytes));
    on.text({left + (width - left - right) / 2, height - 14}, what.x_label);
    const double middle = top + (height - top - bottom) / 2;
    drawing::set(on.text({18, middle}, "times the baseline"),
                 {{"transform", "rotate(-90 18 " + number(middle) + ")"}});
    on.line({left, where.y(1)}, {width - right, where.y(1)}, "6 4");
    on.text({width - right, where.y(1) + 16}, "1: " + std::string(what.baseline), "end");
}

void draw(const plot& what, const lines& all, const fs::path& folder) {
    drawing paper_of(what.title);
    const paper where(all);
    drawing::set(paper_of.text({left, 22}, what.title, "start"), {{"font-weight", "bold"}});
    draw_axes(paper_of, where, what);
    std::size_t number_of = 0;
    for (const auto& [name, points] : all) {
        const std::string_view colour = colours[number_of % colours.size()];
        std::vector<point> at;
        for (const point& one : points) at.push_back({where.x(one.x), where.y(one.ratio)});
        paper_of.curve(at, colour);
        pugi::xml_node label =
            paper_of.text({left + 120 * static_cast<double>(number_of), 44}, name, "start");
        label.attribute("fill").set_value(std::string(colour).c_str());
        ++number_of;
    }
    paper_of.save(folder / what.file);
    std::cout << (folder / what.file).generic_string() << '\n';
}

/// The points of all figures, in the order of their x.
std::map<std::string, lines> read(std::istream& from) {
    std::map<std::string, lines> figures;
    for (std::string line; std::getline(from, line);) {
        const std::size_t at = line.find("{\"figure\":\"growth.");
        if (at == std::string::npos) continue;
        const auto one = nlohmann::json::parse(line.substr(at), nullptr, false);
        if (one.is_discarded() || !one.contains("series")) continue;
        figures[one["figure"]][one["series"]].push_back(
            {one["x"].get<double>(), one["ratio"].get<double>()});
    }
    for (auto& [figure, all] : figures)
        for (auto& [name, points] : all)
            std::sort(points.begin(), points.end(),
                      [](const point& a, const point& b) { return a.x < b.x; });
    return figures;
}

int check(const fs::path& folder) {
    int good = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".svg") continue;
        pugi::xml_document file;
        const auto result = file.load_file(entry.path().c_str());
        if (!result || file.document_element().name() != std::string_view("svg") ||
            file.document_element().child("polyline").empty()) {
            std::cerr << entry.path().generic_string() << ": no plot: " << result.description()
                      << '\n';
            return 1;
        }
        ++good;
    }
    if (good == 0) std::cerr << folder.generic_string() << ": no plots\n";
    return good == 0 ? 1 : 0;
}

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> given(arguments + 1, arguments + count);
    if (given.size() == 2 && given[0] == "--check") return check(given[1]);
    if (given.size() != 1) {
        std::cerr << "usage: plots FOLDER, or plots --check FOLDER\n";
        return 2;
    }
    fs::create_directories(given[0]);
    const auto figures = read(std::cin);
    for (const plot& what : plots)
        if (const auto found = figures.find(std::string(what.figure)); found != figures.end())
            draw(what, found->second, given[0]);
    return 0;
}
